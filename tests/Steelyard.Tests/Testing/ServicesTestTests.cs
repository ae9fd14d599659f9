using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Testing;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Tests.Testing;

public sealed class ServicesTestTests
{
    [Fact]
    public void A_scenario_whose_promises_hold_passes() => ServicesTest.Run<TinyServices>(seeds: 1..2);

    [Fact]
    public void A_seed_that_tested_nothing_fails_and_tells_how_to_see_it_again()
    {
        var failure = Assert.Throws<ServicesTestException>(
            () => ServicesTest.Run<RefusingServices>(seeds: 7..7));

        var assembly = typeof(RefusingServices).Assembly.Location;
        Assert.Matches(
            "^RefusingServices, seed 7: held: not decided: nothing was observed: no operation ended ok; "
            + "enough-succeeded: not decided: 0 of [0-9]+ [a-z]+ succeeded while nothing was broken, .*; "
            + "something-tested: not decided: none of [0-9]+ requests due was answered\n", failure.Message);
        var folder = Path.GetFullPath($"runs/{typeof(RefusingServices).FullName}-0x7");
        Assert.Contains(
            $"\nits page: {Path.Combine(folder, "report.html")}\n", failure.Message,
            StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "history.jsonl")));
        Assert.EndsWith(
            "\nrepeat: ServicesTest.Run<RefusingServices>(seeds: 7..7)"
            + $"\nby hand: steelyard run --app {assembly} --scenario {typeof(RefusingServices).FullName}"
            + " --seed 0x7",
            failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_broken_meanwhile_is_told_and_how_many_other_seeds_fail()
    {
        var late = Assert.Throws<ServicesTestException>(
            () => ServicesTest.Run<BreakingServices>(seeds: 1..3)).Message;
        var early = Assert.Throws<ServicesTestException>(
            () => ServicesTest.Run<BreakingEarlyServices>(seeds: 1..1)).Message;

        // The pause that is planned falls into the crash, and has no effect.
        Assert.StartsWith(
            "BreakingServices, seed 1: kept: it is not kept\nmeanwhile: crash: tiny crash, memory", late,
            StringComparison.Ordinal);
        Assert.Contains("\nof the seeds after it 2 of 2 fail as well\n", late, StringComparison.Ordinal);
        Assert.Contains("\nmeanwhile: nothing was broken\n", early, StringComparison.Ordinal);
        Assert.DoesNotContain("of the seeds after it", early, StringComparison.Ordinal);
    }

    [Fact]
    public void A_seed_that_two_processes_run_differently_is_told_with_the_first_difference()
    {
        var told = Assert.Throws<ServicesTestException>(
            () => ServicesTest.Run<ProcessTellingServices>(seeds: 7..7)).Message;

        const string difference = "; first difference: event ";
        Assert.Contains(
            $"\nnot deterministic: two fresh processes gave two runs of this seed{difference}", told,
            StringComparison.Ordinal);
        var processes = told[told.IndexOf(difference, StringComparison.Ordinal)..].Split('\n')[1..3]
            .Select(line => line.Split("refused by process ")[1]);
        Assert.Equal(2, processes.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_seed_that_only_fails_after_others_is_told()
    {
        var told = Assert.Throws<ServicesTestException>(
            () => ServicesTest.Run<TiringServices>(seeds: 1..12)).Message;

        Assert.Contains(
            "\nnot repeatable: a fresh process gives another run of this seed, and always the same one: ",
            told, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_scenario_throws_in_its_process_is_told_with_its_place()
    {
        var failure = Assert.Throws<ServicesTestException>(
            () => ServicesTest.Run<ThrowingServices>(seeds: 3..4));

        Assert.StartsWith("ThrowingServices, seed 3: client ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("KeyNotFoundException: no such account\n  at ", failure.Message,
            StringComparison.Ordinal);
        Assert.Contains("Invoke in TinyServices.cs:", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_seed_breaks_what_the_scenario_plans_and_what_a_nemesis_adds_to_it()
    {
        var request = TestedScenario.Of(typeof(TinyServices)).Request;
        var scenario = request.Build();

        var one = request.Faults.PlanFor(scenario, new(1));
        var other = request.Faults.PlanFor(scenario, new(2));

        Assert.Single(one.Faults.OfType<PauseFault>());
        Assert.NotEmpty(one.Faults.OfType<CrashFault>());
        Assert.NotEqual(one.Faults, other.Faults);
        FaultPlanCheck.Check(one, scenario);
    }

    [Fact]
    public void Faults_that_leave_no_room_for_those_of_a_nemesis_are_refused()
    {
        var scenario = TestedScenario.Of(typeof(TinyServices)).Request.Build() with
        {
            Promises = new() { Tolerance = new() { NodesDown = 0 } },
            StoryPalette = FaultPalette.Clock,
        };

        var mistake = Assert.Throws<UserMistakeException>(() => Nemesis.PlanStory(scenario, new(1)));

        Assert.Contains("expected room for them besides the faults that", mistake.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_assembly_of_a_test_project_holds_its_scenarios_as_designs()
    {
        var type = typeof(TinyServices);
        var designs = new DesignCatalogue([]);

        var found = designs.Find(type.Assembly.Location, type.FullName);

        Assert.Equal(type.FullName, found.Name);
        Assert.Equal("services", found.Build(new(found, new())).Deployment.Kind);
        Assert.Null(designs.ServicesScenario(type.Assembly.Location, typeof(TinyRegister).FullName!));
    }

    [Fact]
    public void Seeds_from_the_end_are_refused()
    {
        var failure = Assert.Throws<ServicesTestException>(() => ServicesTest.Run<TinyServices>(1..^1));

        Assert.Equal(
            "TinyServices does not run: expected seeds such as 1..200, found 1..^1", failure.Message);
    }
}
