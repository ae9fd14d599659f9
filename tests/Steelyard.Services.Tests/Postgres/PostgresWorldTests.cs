using Steelyard.Runs;
using Steelyard.Services.Scenarios;
using Steelyard.Testing;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Tests.Postgres;

public sealed class PostgresWorldTests
{
    [PostgresFact]
    public void A_service_on_Npgsql_joins_the_world_as_it_is() => ServicesTest.Run<CalmPostgresAdders>(1..1);

    [PostgresFact]
    public void Synchronous_code_on_EF_Core_joins_the_world_as_it_is() =>
        ServicesTest.Run<EfCorePostgresAdders>(1..1);

    [PostgresFact]
    public void Lock_waits_deadlocks_and_conflicts_are_the_same_in_every_fresh_process() =>
        IsTheSameInEveryProcess<PostgresTransfers>();

    [PostgresFact(IsLong = true)]
    public void Synchronous_calls_that_wait_for_locks_are_the_same_in_every_fresh_process() =>
        IsTheSameInEveryProcess<SynchronousPostgresTransfers>();

    [PostgresFact]
    public void Transactions_wait_for_locks_close_circles_and_are_refused_by_conflicts() =>
        HasConflicts<PostgresTransfers>();

    [PostgresFact(IsLong = true)]
    public void So_do_transactions_of_synchronous_calls() => HasConflicts<SynchronousPostgresTransfers>();

    [PostgresFact]
    public void What_was_committed_is_kept_whatever_crashes() => ServicesTest.Run<PostgresAdders>(1..3);

    [PostgresFact]
    public void A_crash_takes_what_was_acknowledged_before_it_was_on_disk()
    {
        var failure = Assert.Throws<ServicesTestException>(
            () => ServicesTest.Run<HastyPostgresAdders>(1..1));

        // Fewer than were acknowledged.
        Assert.Matches(
            "seed 1: counter: process [0-9]+ read [0-9]+, when the counter was between", failure.Message);
    }

    [PostgresFact]
    public void What_was_never_committed_is_missed()
    {
        var failure = Assert.Throws<ServicesTestException>(
            () => ServicesTest.Run<ForgetfulPostgresAdders>(1..1));

        Assert.Contains("counter", failure.Message, StringComparison.Ordinal);
    }

    static void IsTheSameInEveryProcess<TScenario>()
        where TScenario : IServicesScenario
    {
        var first = FreshRun.Of<TScenario>(5);
        Assert.Equal(first, FreshRun.Of<TScenario>(5));

        var tested = TestedScenario.Of(typeof(TScenario));
        using var worker = tested.CreateWorld();
        FreshRun.Of(tested, worker, 4);
        Assert.Equal(first, FreshRun.Of(tested, worker, 5));
    }

    static void HasConflicts<TScenario>()
        where TScenario : IServicesScenario
    {
        var tested = TestedScenario.Of(typeof(TScenario));
        using var world = tested.CreateWorld();
        var run = Run.Execute(tested.Request.With(new Seed(5)), world, RunControl.None).World;

        var answers = run.History.Operations
            .GroupBy(operation => $"{operation.Output}".Split(' ')[0])
            .ToDictionary(answer => answer.Key, answer => answer.Count());
        Assert.True(answers["done"] > 100, $"expected many moves, found {answers["done"]}");
        Assert.True(answers["40001"] > 20, $"expected many conflicts, found {answers["40001"]}");
        Assert.True(answers["40P01"] > 2, $"expected some deadlocks, found {answers["40P01"]}");
    }
}
