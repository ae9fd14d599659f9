using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Tests.Runs;

public sealed class TestedNothingTests
{
    static readonly LoadCounts Served = new() { Due = 12, Sent = 12, Answered = 10 };

    static readonly Scenario Tiny = new TinyRegister().Build(TinyRegister.With());

    static readonly FaultPlan Plan = new([new PauseFault { At = TimeSpan.FromSeconds(1), Nodes = ["n1"] }]);

    [Fact]
    public void A_run_with_answers_and_a_fault_that_did_something_tested_something() =>
        Assert.Empty(TestedNothing.Of(Under(true, false), Served, Plan, FaultPalette.All));

    [Fact]
    public void A_run_without_faults_of_which_none_were_asked_tested_something() =>
        Assert.Empty(TestedNothing.Of(Under(), Served, FaultPlan.None, FaultPalette.None));

    [Theory]
    [InlineData("none", "none")]
    [InlineData("story", "none")]
    [InlineData("plan.yaml", "none")]
    [InlineData("crash,pause", "crash,pause")]
    [InlineData("all", "all")]
    public void What_was_asked_for_is_what_a_nemesis_was_to_plan(string choice, string palette) =>
        Assert.Equal(palette, FaultChoice.Named(choice).PaletteOf(Tiny).Name);

    [Fact]
    public void A_story_that_each_seed_has_others_of_asks_for_them() => Assert.Equal(
        FaultPalette.Crash, FaultChoice.Story.PaletteOf(Tiny with { StoryPalette = FaultPalette.Crash }));

    [Fact]
    public void Without_any_answer_nothing_was_tested() => Assert.Equal(
        "not decided: none of 3 requests due was answered",
        Only(TestedNothing.Of(
            Under(), new() { Due = 3, Sent = 3 }, FaultPlan.None, FaultPalette.None)).Summary);

    [Fact]
    public void Faults_that_could_not_be_planned_tested_nothing() => Assert.Equal(
        "not decided: faults were asked for (crash), and none could be planned for this design",
        Only(TestedNothing.Of(Under(), Served, FaultPlan.None, FaultPalette.Crash)).Summary);

    [Fact]
    public void Faults_that_all_did_nothing_tested_nothing()
    {
        Assert.Equal(
            "not decided: its only fault had no effect (n1 held still)",
            Only(TestedNothing.Of(Under(false), Served, Plan, FaultPalette.None)).Summary);
        Assert.Equal(
            "not decided: none of its 2 faults had any effect",
            Only(TestedNothing.Of(Under(false, false), Served, Plan, FaultPalette.All)).Summary);
    }

    [Fact]
    public void A_fault_at_which_nobody_looked_is_not_said_to_have_done_nothing() =>
        Assert.Empty(TestedNothing.Of(Under((bool?)null), Served, Plan, FaultPalette.All));

    static Verdict Only(IEnumerable<Verdict> verdicts)
    {
        var verdict = Assert.Single(verdicts);
        Assert.Equal(Validity.Unknown, verdict.Validity);
        return verdict;
    }

    static History Under(params bool?[] effects)
    {
        var builder = new HistoryBuilder();
        foreach (var (i, hadEffect) in effects.Index())
            foreach (var phase in new[] { FaultPhase.Start, FaultPhase.End })
                builder.Add(new FaultEvent
                {
                    TimeNs = i,
                    Phase = phase,
                    Kind = "pause",
                    Fault = i,
                    Description = "n1 held still",
                    HadEffect = hadEffect,
                });
        return builder.Build();
    }
}
