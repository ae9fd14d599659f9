using Steelyard.Live.Matrix;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Engines.Dns;

/// <summary>What is known of DNS.</summary>
internal static class DnsRows
{
    const string Ttl = "RFC 1035 section 3.2.1; RFC 2181 section 8";
    const string Stale = "RFC 8767 (Serving Stale Data to Improve DNS Resiliency)";
    const string Unbound = "https://unbound.docs.nlnetlabs.nl/en/latest/topics/core/serve-stale.html";

    const string Cut = "resolver cut off from the primary";

    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    /// <summary>All of it.</summary>
    public static IReadOnlyList<MatrixRow> All { get; } =
    [
        Run(DnsSetups.Fresh, "none", Expectation.Prevented, Ttl, FaultPlan.None),
        Run(DnsSetups.Fresh, Cut, Expectation.Prevented, Ttl, CutOff),
        Run(DnsSetups.Late, "none", Expectation.Prevented, Unbound, FaultPlan.None),
        Run(DnsSetups.Late, Cut, Expectation.Occurs, Stale, CutOff),
        Run(DnsSetups.AtOnce, "none", Expectation.Occurs, Unbound, FaultPlan.None),
        Script(DnsSetups.Fresh, Expectation.Prevented, Ttl),
        Script(DnsSetups.Late, Expectation.Occurs, Stale),
    ];

    static FaultPlan CutOff => new(
        [new PartitionFault { At = 2 * s_second, For = 8 * s_second, Groups = [["n1"], ["n2"]] }]);

    static RunRow Run(
        string setup, string nemesis, Expectation expected, string source, FaultPlan faults) =>
        new($"{setup}, TTL 2 s", "answers older than the TTL", nemesis, expected, source)
        {
            Options = new Dictionary<string, string>(StringComparer.Ordinal) { ["config"] = setup },
            Faults = faults,
            Duration = 12 * s_second,
            Promise = "bounded-staleness",
        };

    static ScriptRow Script(string setup, Expectation expected, string source) => new(
        $"{setup}, TTL 2 s", "an expired answer is given", "primary killed", expected, source)
    {
        Setup = setup,
        Try = DnsScripts.AnswersWithoutPrimary,
        LeavesWhole = false,
    };
}
