using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Tests.Runs;

public sealed class FaultChoiceTests
{
    static readonly Seed s_seed = new(7);

    [Fact]
    public void Words_and_files_with_commas_are_put_together()
    {
        using var folder = new TemporaryFolder();
        folder.Write(
            "slow.yaml",
            "kind: faults\nfaults:\n  - fault: link\n    at: 1s\n    slowdown: 5\n");
        var scenario = new TinyRegister().Build(TinyRegister.With());

        var crashes = FaultChoice.Named("crash").PlanFor(scenario, s_seed).Faults;
        var both = FaultChoice.Named("crash,slow.yaml", folder.Path).PlanFor(scenario, s_seed).Faults;

        Assert.NotEmpty(crashes);
        Assert.Equal(Text(crashes), Text(both.Take(crashes.Count)));
        Assert.Equal(5, Assert.IsType<LinkFault>(Assert.Single(both.Skip(crashes.Count))).Slowdown);
    }

    [Fact]
    public void A_word_among_others_that_nobody_knows_is_told()
    {
        var scenario = new TinyRegister().Build(TinyRegister.With());

        var mistake = Assert.Throws<UserMistakeException>(
            () => FaultChoice.Named("crash,slwo").MustFit(scenario));

        Assert.Contains("found \"slwo\"", mistake.Message, StringComparison.Ordinal);
    }

    static string Text(IEnumerable<Fault> faults) => FaultPlanFile.Write(new([.. faults]));
}
