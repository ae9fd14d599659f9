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
    public void What_is_drawn_leaves_room_for_what_a_file_says()
    {
        using var folder = new TemporaryFolder();
        folder.Write(
            "doubling.yaml",
            "kind: faults\nfaults:\n  - fault: link\n    at: 100ms\n    duplication: 0.9\n");
        var scenario = new TinyRegister().Build(TinyRegister.With());
        var choice = FaultChoice.Named("network,doubling.yaml", folder.Path);

        var doubled = 0;
        for (var seed = 1; seed <= 60; seed++)
        {
            var plan = choice.PlanFor(scenario, new((ulong)seed));
            FaultPlanCheck.Check(plan, scenario);
            doubled += plan.Faults.OfType<LinkFault>().Count(link => link.Duplication > 0);
        }

        // The file's, once a seed, and some that fit beside it.
        Assert.InRange(doubled, 61, 600);
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
