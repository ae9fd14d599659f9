using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Histories.Measuring;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Tests.Architecture;

/// <summary>Runs architectures, and reads what was measured of them.</summary>
internal static class Simulated
{
    /// <summary>What a run of an architecture counted.</summary>
    public static ArchitectureAccount Run(ArchitectureGraph graph, ulong seed = 1)
    {
        var scenario = ArchitectureScenario.Of(graph);
        var run = new SimulatedWorld().Execute(scenario, scenario.StoryFaults, new(seed), RunControl.None);
        return (ArchitectureAccount)run.Account!;
    }

    /// <summary>The measurement of an id.</summary>
    public static Measurement Of(this ArchitectureAccount account, string id) =>
        Assert.Single(account.Measurements, one => one.Id == id);

    /// <summary>One station with a Poisson stream, and no way between them.</summary>
    /// <param name="perSecond">Requests a second.</param>
    /// <param name="time">How long each takes.</param>
    /// <param name="servers">How many are worked at, at once.</param>
    /// <param name="requests">About how many requests there are.</param>
    /// <param name="queue">How many may wait; null is without limit.</param>
    public static ArchitectureGraph Station(
        double perSecond, string time, int servers, int requests, int? queue = null) => new("station",
    [
        new ClientsPart("clients") { Rate = perSecond, Calls = [new("server")] },
        new ServicePart("server") { Workers = servers, Time = TakesTime.Parse(time), Queue = queue },
    ])
    {
        Link = TakesTime.Nothing,
        Slo = TimeSpan.FromDays(1),
        Duration = TimeSpan.FromSeconds(requests / perSecond),
        Settle = TimeSpan.FromSeconds(10),
    };
}
