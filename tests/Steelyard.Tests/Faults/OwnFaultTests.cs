using Steelyard.Files;
using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Simulation;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Tests.Faults;

/// <summary>A fault that nothing but its own file knows (<see cref="MuteFault"/>) is used wherever faults
/// are.</summary>
public sealed class OwnFaultTests
{
    const string Plan = """
        kind: faults
        faults:
          - fault: mute
            at: 500ms
            for: 300ms
            nodes: [n1]
            cause: firmware

        """;

    static readonly Scenario Scenario = new TinyRegister().Build(new(new TinyRegister(), new())) with
    {
        OwnFaults = [MuteFault.Defined],
    };

    static readonly DesignCatalogue Designs = new([ScenarioDesign.Of(() => Scenario)]);

    [Fact]
    public void A_plan_file_reads_and_writes_it()
    {
        var plan = FaultPlanFile.Parse(Plan, "f.yaml", Scenario);

        Assert.Equal(MuteFault.Why.Firmware, Assert.IsType<MuteFault>(Assert.Single(plan.Faults)).Cause);
        Assert.Equal(Plan, FaultPlanFile.Write(plan));
    }

    [Theory]
    [InlineData("cause: firmwar", "f.yaml:7:12: cause: expected one of cable, firmware, found \"firmwar\";"
        + " did you mean \"firmware\"?")]
    [InlineData("causes: cable", "f.yaml:7:5: expected one of fault, at, for, nodes, cause in faults, found"
        + " \"causes\"; did you mean \"cause\"?")]
    public void A_plan_file_says_what_is_wrong_with_it(string line, string told)
    {
        var text = Plan.Replace("cause: firmware", line, StringComparison.Ordinal);

        Assert.Equal(told, Assert.Throws<UserMistakeException>(
            () => FaultPlanFile.Parse(text, "f.yaml", Scenario)).Message);
    }

    [Fact]
    public void A_world_lets_it_happen_and_the_history_tells_all_of_it()
    {
        var plan = FaultPlanFile.Parse(Plan, "f.yaml", Scenario);

        var run = new SimulatedWorld().Execute(Scenario, plan, new(1), RunControl.None);

        var file = new MemoryStream();
        JsonlWriter.Write(file, run.History);
        file.Position = 0;
        var start = HistoryFile.Read(file, "history.jsonl", new()).History.Faults[0];
        Assert.Equal("n1 mute (Firmware)", start.Description);
        Assert.Equal(["n1"], start.Nodes);
        Assert.Equal(Value.Map(("cause", "firmware")), start.Details);
        Assert.True(start.HadEffect);
        Assert.Contains(run.History.Operations, operation => operation.Outcome == Outcome.Info);
    }

    [Fact]
    public void The_nemesis_plans_it_by_its_word_and_among_all_within_the_budget()
    {
        var named = Nemesis.Plan(FaultPalette.Of(MuteFault.Defined), Scenario, new(1));
        var all = Enumerable.Range(0, 20)
            .SelectMany(seed => Nemesis.Plan(FaultPalette.All, Scenario, new((ulong)seed)).Faults);

        Assert.NotEmpty(named.Faults);
        Assert.All(named.Faults, fault => Assert.IsType<MuteFault>(fault));
        Assert.Contains(all, fault => fault is MuteFault);
        // The scenario stands one node down, and so never two of these at a time.
        Assert.All(named.Faults.Zip(named.Faults.Skip(1)), pair =>
            Assert.True(pair.First.At + pair.First.For <= pair.Second.At));
    }

    [Theory]
    [InlineData("mute")]
    [InlineData("all,mute")]
    [InlineData("crash,mute")]
    public void Its_word_is_one_of_those_after_faults(string words)
    {
        var choice = FaultChoice.Named(words);

        var plans = Enumerable.Range(0, 20).Select(seed => choice.PlanFor(Scenario, new((ulong)seed)));

        Assert.Contains(plans.SelectMany(plan => plan.Faults), fault => fault is MuteFault);
        Assert.Equal(words, choice.PaletteOf(Scenario).Name);
        Assert.Equal(words, ScenarioFile.Parse(
            $"kind: scenario\ndesign: tiny\nfaults: {words}\n", "s.yaml", Designs).Faults.Name);
    }

    [Fact]
    public void A_worker_is_told_the_faults_themselves()
    {
        var spec = new RunSpec { Design = "tiny" };
        var plan = FaultChoice.Named("mute").PlanFor(Scenario, new(1));

        var told = ScenarioFile.Write(spec with { Faults = FaultChoice.Of("mute", plan) }, folder: null);

        var heard = ScenarioFile.Parse(told, "the worker's spec", Designs);
        Assert.NotEmpty(plan.Faults);
        Assert.Equal(
            FaultPlanFile.Write(plan), FaultPlanFile.Write(heard.Faults.PlanFor(Scenario, new(2))));
    }

    [Theory]
    [InlineData("mut", "mut")]
    [InlineData("crash,mutee", "mutee")]
    public void A_misspelt_word_is_told_with_the_scenarios_own(string words, string found)
    {
        var mistake = Assert.Throws<UserMistakeException>(
            () => FaultChoice.Named(words).PlanFor(Scenario, new(1)));

        Assert.Equal(
            "--faults: expected one of story, none, partition, crash, pause, clock, disk, network, drain,"
            + $" membership, mute, all, beyond, or a file.yaml, found \"{found}\";"
            + " did you mean \"mute\"?",
            mistake.Message);
    }

    [Fact]
    public void A_scenario_without_it_does_not_know_its_word() => Assert.Throws<UserMistakeException>(
        () => FaultChoice.Named("mute").PlanFor(Scenario with { OwnFaults = [] }, new(1)));
}
