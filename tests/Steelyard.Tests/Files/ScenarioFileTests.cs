using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Tests.Files;

public sealed class ScenarioFileTests
{
    static readonly DesignCatalogue Designs = new([new TinyRegister()]);

    [Fact]
    public void A_scenario_reads_back_as_it_was_written()
    {
        var options = new DesignOptions(
            Designs.Own[0],
            new() { Nodes = 3, Clients = 2, RatePerSecond = 12.5, Duration = TimeSpan.FromMilliseconds(
                1500) },
            new Dictionary<string, string>(StringComparer.Ordinal) { ["forgetful"] = "true" });
        var request = RunRequest.Of(Designs.Own[0], options, FaultChoice.None, new(0x3f));

        var again = Read(ScenarioFile.Write(request.Spec with
        {
            StopAtEvent = 5_000_000_000,
            Until = TimeSpan.FromMilliseconds(3_200),
        }, folder: null));

        Assert.Equal(options.Common, again.Options.Common);
        Assert.Equal(options.Values, again.Options.Values);
        Assert.True(again.Options.Given("forgetful"));
        Assert.False(again.Options.Given("flavour"));
        Assert.Equal(new Seed(0x3f), again.Seed);
        Assert.Equal(FaultChoice.None, again.Faults);
        Assert.Equal(5_000_000_000, again.Spec.StopAtEvent);
        Assert.Equal(TimeSpan.FromMilliseconds(3_200), again.Spec.Until);
    }

    [Fact]
    public void The_design_of_an_engine_is_found_as_well_as_our_own()
    {
        var engine = new TinyRegister();
        var folder = Directory.CreateTempSubdirectory("steelyard-scenario-");
        var file = Path.Combine(folder.FullName, "live.yaml");
        File.WriteAllText(file, "kind: scenario\ndesign: tiny\n");

        var found = ScenarioFile.Read(file, new DesignCatalogue([], [engine])).Design;

        folder.Delete(recursive: true);
        Assert.Same(engine, found);
    }

    [Fact]
    public void The_faults_may_stand_in_the_scenario_itself()
    {
        var scenario = Read("kind: scenario\ndesign: tiny\n");
        var plan = Nemesis.Plan(FaultPalette.Pause | FaultPalette.Crash, scenario.Build(), new(3));
        Assert.NotEmpty(plan.Faults);
        var text = ScenarioFile.Write(
            scenario.Spec with { Faults = FaultChoice.Of("drawn", plan) }, folder: null);

        var again = Read(text);

        Assert.Equal("s.yaml", again.Faults.Name);
        Assert.Equal(
            FaultPlanFile.Write(plan), FaultPlanFile.Write(again.Faults.PlanFor(again.Build(), again.Seed)));
        using var place = new TemporaryFolder();
        Assert.Equal(
            FaultPlanFile.Write(plan),
            FaultPlanFile.Write(FaultPlanFile.Read(place.Write("s.yaml", text), scenario.Build())));
    }

    [Fact]
    public void A_design_alone_is_enough()
    {
        var request = Read("kind: scenario\ndesign: tiny\n");

        Assert.Equal(RunSpec.DefaultSeed, request.Seed);
        Assert.Equal("story", request.Faults.Name);
    }

    [Theory]
    [InlineData("design: tiny\n", "s.yaml:1:1: expected \"kind:\" in the file, found none")]
    [InlineData(
        "kind: scenario\ndesign: tny\n",
            "s.yaml:2:9: design: expected \"tiny\", found \"tny\"; did you mean \"tiny\"?")]
    [InlineData("kind: scenario\ndesign: tiny\nnodes: 0\n",
        "s.yaml:3:8: nodes: expected a whole number of at least 1, found \"0\"")]
    [InlineData("kind: scenario\ndesign: tiny\nrate: -3\n",
        "s.yaml:3:7: rate: expected a number above 0, found \"-3\"")]
    [InlineData("kind: scenario\ndesign: tiny\nseed: x\n",
        "s.yaml:3:7: expected a seed such as 42 or 0x2a, found \"x\"")]
    [InlineData(
        "kind: scenario\ndesign: tiny\nclinets: 3\n",
        "s.yaml:3:1: expected one of kind, assembly, design, options, nodes, clients, rate, duration, slo, "
            + "expect, faults, seed, stop-at-event, until in the file,"
        + " found \"clinets\"; did you mean \"clients\"?")]
    [InlineData(
        "kind: scenario\ndesign: tiny\noptions:\n  flavor: salted\n",
        "s.yaml:4:3: a key: expected one of forgetful, flavour, found \"flavor\"; did you mean \"flavour\"?")]
    [InlineData(
        "kind: scenario\ndesign: tiny\noptions:\n  flavour: sweet\n",
        "s.yaml:4:12: --flavour: expected one of plain, salted, found \"sweet\"")]
    public void A_mistake_is_told_with_its_line_and_column(string text, string told) =>
        Assert.Equal(told, Assert.Throws<UserMistakeException>(() => Read(text)).Message);

    static RunRequest Read(string text) => ScenarioFile.Parse(text, "s.yaml", Designs);
}
