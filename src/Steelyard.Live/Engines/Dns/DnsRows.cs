using Steelyard.Live.Matrix;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Engines.Dns;

/// <summary>What is known of DNS.</summary>
internal static class DnsRows
{
    const string Ttl = "RFC 1035 section 3.2.1; RFC 2181 section 8";
    const string Stale = "RFC 8767 (Serving Stale Data to Improve DNS Resiliency)";
    const string Unbound = "https://unbound.docs.nlnetlabs.nl/en/latest/topics/core/serve-stale.html";

    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    /// <summary>All of it.</summary>
    public static IReadOnlyList<MatrixRow> All { get; } =
    [
        Run("off", "none", Expectation.Prevented, Ttl, FaultPlan.None),
        Run("off", "resolver cut off from the primary", Expectation.Prevented, Ttl, Cut),
        Run("late", "none", Expectation.Prevented, Unbound, FaultPlan.None),
        Run("late", "resolver cut off from the primary", Expectation.Occurs, Stale, Cut),
        Run("at-once", "none", Expectation.Occurs, Unbound, FaultPlan.None),
    ];

    static FaultPlan Cut => new(
        [new PartitionFault { At = 2 * s_second, For = 8 * s_second, Groups = [["n1"], ["n2"]] }]);

    static RunRow Run(
        string expired, string nemesis, Expectation expected, string source, FaultPlan faults) =>
        new($"TTL 2 s, serve-expired {expired}", "answers older than the TTL", nemesis, expected, source)
        {
            Options = new Dictionary<string, string>(StringComparer.Ordinal) { ["serve-expired"] = expired },
            Faults = faults,
            Duration = 12 * s_second,
            Promise = "bounded-staleness",
        };
}
