using Steelyard.Analysis.Measurements;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Worlds.Faults;

namespace Steelyard.Tests.Runs;

public sealed class TestedNothingTests
{
    static readonly RequestCounts Served = new(Answered: 10, Late: 0, Refused: 2, Unknown: 0, NeverSent: 0);

    static readonly FaultPlan Plan = new([new PauseFault { At = TimeSpan.FromSeconds(1), Nodes = ["n1"] }]);

    [Fact]
    public void A_run_with_answers_and_a_fault_that_did_something_tested_something() =>
        Assert.Empty(TestedNothing.Of(Under(true, false), Served, Plan, "all"));

    [Fact]
    public void A_run_without_faults_of_which_none_were_asked_tested_something()
    {
        foreach (var asked in new[] { "none", "story", "plan.yaml" })
            Assert.Empty(TestedNothing.Of(Under(), Served, FaultPlan.None, asked));
    }

    [Fact]
    public void Without_any_answer_nothing_was_tested() => Assert.Equal(
        "not decided: none of 3 requests due was answered",
        Only(TestedNothing.Of(Under(), new(0, 0, 2, 1, 0), FaultPlan.None, "none")).Summary);

    [Fact]
    public void Faults_that_could_not_be_planned_tested_nothing() => Assert.Equal(
        "not decided: faults were asked for (crash), and none could be planned for this design",
        Only(TestedNothing.Of(Under(), Served, FaultPlan.None, "crash")).Summary);

    [Fact]
    public void Faults_that_all_did_nothing_tested_nothing()
    {
        Assert.Equal(
            "not decided: its only fault had no effect (n1 held still)",
            Only(TestedNothing.Of(Under(false), Served, Plan, "plan.yaml")).Summary);
        Assert.Equal(
            "not decided: none of its 2 faults had any effect",
            Only(TestedNothing.Of(Under(false, false), Served, Plan, "all")).Summary);
    }

    [Fact]
    public void A_fault_at_which_nobody_looked_is_not_said_to_have_done_nothing() =>
        Assert.Empty(TestedNothing.Of(Under((bool?)null), Served, Plan, "all"));

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
