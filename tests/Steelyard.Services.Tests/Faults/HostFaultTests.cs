using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Services.Scenarios;
using Steelyard.Testing;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Tests.Faults;

/// <summary>Faults of the processes of hosts.</summary>
public sealed class HostFaultTests
{
    [Fact]
    public void A_crash_right_after_a_statement_finds_the_retry_that_is_not_known()
    {
        var run = Execute<ForgetfulTill>();

        var once = run.Verdicts.Single(verdict => verdict.Checker == "exactly-once");
        Assert.Matches("^charge o[0-9]+ took effect twice at till-db$", once.Summary);
        var begin = run.World.History.Faults.First();
        Assert.Equal("till-1 crash after \"insert into charges\"", begin.Description);
        Assert.True(begin.HadEffect);
    }

    [Fact]
    public void A_crash_right_before_it_does_not() => AssertHolds<EarlyDeadTill>();

    [Fact]
    public void A_retry_that_is_known_is_charged_once() => AssertHolds<MindfulTill>();

    [Fact]
    public void A_process_that_is_killed_tells_its_peers_and_a_machine_that_crashes_does_not()
    {
        Assert.NotEmpty(EndedAtOnce(Execute<KilledTill>()));
        Assert.Empty(EndedAtOnce(Execute<CrashedTill>()));
    }

    [Fact]
    public void A_hunt_kills_when_it_is_asked_to()
    {
        var request = TestedScenario.Of(typeof(MindfulTill)).Request;
        var scenario = request.Build();

        var plan = FaultChoice.Named("kill").PlanFor(scenario, new(1));
        var all = FaultChoice.Named("all").PlanFor(scenario, new(1));

        Assert.NotEmpty(plan.Faults);
        Assert.All(plan.Faults, fault => Assert.Equal("kill", fault.Kind));
        Assert.DoesNotContain(all.Faults, fault => fault.Kind == "kill");
    }

    // Nobody else ends an operation then: requests take longer, and patience is longer still.
    static List<Operation> EndedAtOnce(RunResult run) =>
    [
        .. run.World.History.Operations.Where(operation => operation.Outcome == Outcome.Info
            && operation.CompletedNs is > 1_000_000_000 and < 1_100_000_000),
    ];

    static void AssertHolds<TScenario>()
        where TScenario : IServicesScenario
    {
        var run = Execute<TScenario>();

        Assert.True(run.World.History.Faults.First().HadEffect);
        Assert.All(run.Verdicts, verdict => Assert.Equal(Validity.Valid, verdict.Validity));
    }

    static RunResult Execute<TScenario>()
        where TScenario : IServicesScenario
    {
        var tested = TestedScenario.Of(typeof(TScenario));
        using var world = tested.CreateSharedWorld();
        return Run.Execute(tested.Request.With(new Seed(1)), world, RunControl.None);
    }
}
