using Steelyard.Histories;
using Steelyard.Services;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Bench.Services;

/// <summary>Real ASP.NET Core hosts in virtual time. They need a process of their own, with one
/// worker.</summary>
internal static class ServicesRows
{
    static readonly TimeSpan s_tenMinutes = TimeSpan.FromMinutes(10);

    /// <summary>What design section 8 asks for, and the larger worlds of services.</summary>
    public static IEnumerable<Row> All() =>
    [
        new("HTTP requests, 3 hosts that relay", "requests/s", 10_000,
            () => 2 * Requests(BenchShop.Of(3, "relay", 1_000, TimeSpan.FromSeconds(10)))),
        new("HTTP requests, 3 hosts, a database row each", "requests/s", null,
            () => Requests(BenchShop.Of(3, "sell", 1_000, TimeSpan.FromSeconds(10)))),
        new("HTTP requests, 50 hosts that relay", "requests/s", null,
            () => 2 * Requests(BenchShop.Of(50, "relay", 2_000, TimeSpan.FromSeconds(10)))),
        new("10 minutes, 5 hosts, 100 client requests/s", "simulated s/s", 20,
            () => Seconds(BenchShop.Of(5, "relay", 100, s_tenMinutes))),
        new("10 minutes, 5 hosts, 100/s, a row each", "simulated s/s", 20,
            () => Seconds(BenchShop.Of(5, "sell", 100, s_tenMinutes))),
    ];

    static double Requests(Scenario scenario) => Run(scenario).History.Count;

    static double Seconds(Scenario scenario) => Run(scenario).End.TotalSeconds;

    static WorldRun Run(Scenario scenario)
    {
        var run = new ServicesSimulation().Execute(scenario, FaultPlan.None, new(1), RunControl.None);
        if (run.History.Operations.Any(operation => operation.Outcome != Outcome.Ok))
            throw new InvalidOperationException("expected every request to be answered");
        return run;
    }
}
