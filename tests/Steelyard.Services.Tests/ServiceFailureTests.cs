using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Services.Scenarios;
using Steelyard.Testing;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Tests;

public sealed class ServiceFailureTests
{
    const string Unpaid = "InvalidOperationException: no ledger for ";

    [Fact]
    public void What_services_fail_with_is_counted_by_its_kind_with_its_line()
    {
        var run = Execute<ThrowingHosts>();

        var thrown = Only(run, "GET /thrown/{number} answered 500: " + Unpaid);
        Assert.Contains("(at Steelyard.Services.Tests.Failers.Pay in Failers.cs:line ", thrown.What,
            StringComparison.Ordinal);
        Assert.Equal(["shop-1", "shop-2"], thrown.Hosts);
        Assert.Equal(Told(run, "thrown", "status 500"), thrown.Count);
        var handled = Only(run, "GET /handled/{number} answered 503: " + Unpaid);
        Assert.Equal(Told(run, "handled", "status 503"), handled.Count);
        var answered = Only(run, "GET /answered/{number} answered 500");
        Assert.Equal("GET /answered/{number} answered 500", answered.What);
        Assert.Equal(Told(run, "answered", "status 500"), answered.Count);
        Assert.InRange(answered.WhileWhole, 1, answered.Count - 1);
    }

    [Fact]
    public void What_a_service_logs_as_an_error_beside_its_requests_is_counted_with_its_cause()
    {
        var run = Execute<FineHosts>().World;

        var logged = Assert.Single(run.Failures);

        Assert.StartsWith(
            "logged FormatException: the outbox is no outbox, caused by TimeoutException: too late (at ",
            logged.What, StringComparison.Ordinal);
        // Once a second each; the host that dies and begins anew misses a second or two.
        var seconds = (int)run.End.TotalSeconds;
        Assert.InRange(logged.Count, (2 * seconds) - 2, 2 * seconds);
    }

    [Fact]
    public void Who_is_undecided_since_too_little_succeeded_is_told_what_the_services_failed_with()
    {
        var few = Execute<ThrowingHosts>().Verdicts.Single(verdict =>
            verdict.Checker == "enough-succeeded"
            && verdict.Summary.Contains(" thrown succeeded", StringComparison.Ordinal));

        Assert.Equal(Validity.Unknown, few.Validity);
        Assert.Contains(
            "answered 500: " + Unpaid, few.Summary[few.Summary.IndexOf("; the services failed with: ",
                StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    static ServiceFailure Only(RunResult run, string start) =>
        Assert.Single(
            run.World.Failures, failure => failure.What.StartsWith(start, StringComparison.Ordinal));

    static int Told(RunResult run, string function, string error) => run.World.History.Operations
        .Count(operation => operation.Function == function && operation.Error == error);

    static RunResult Execute<TScenario>()
        where TScenario : IServicesScenario
    {
        var tested = TestedScenario.Of(typeof(TScenario));
        using var world = tested.CreateSharedWorld();
        return Run.Execute(tested.Request.With(new Seed(1)), world, RunControl.None);
    }
}
