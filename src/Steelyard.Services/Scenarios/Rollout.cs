using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Scenarios;

/// <summary>Deployments as faults of a plan.</summary>
public static class Rollout
{
    /// <summary>A rolling deploy: each host in turn is drained and comes back, as a next version where there
    /// is one.</summary>
    /// <param name="hosts">The hosts, in order.</param>
    /// <param name="at">When the first one is told to stop.</param>
    /// <param name="away">How long after being told to stop a host starts again, at the earliest.</param>
    /// <param name="every">From the stop of one host to the stop of the next.</param>
    /// <param name="version">The version that comes back; null is the same.</param>
    public static IEnumerable<Fault> Rolling(
        IEnumerable<string> hosts, TimeSpan at, TimeSpan away, TimeSpan every, int? version = null) =>
        hosts.Select((host, place) => new DrainFault
        {
            At = at + (place * every),
            For = away,
            Nodes = [host],
            Version = version,
        });
}
