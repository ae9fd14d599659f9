using System.Globalization;
using Steelyard.Live.Matrix;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Engines.Memcached;

/// <summary>What is known of memcached.</summary>
internal static class MemcachedRows
{
    const string Docs = "https://docs.memcached.org/";
    const string Protocol = "https://github.com/memcached/memcached/blob/master/doc/protocol.txt";

    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    /// <summary>All of it.</summary>
    public static IReadOnlyList<MatrixRow> All { get; } =
    [
        Run("cache", "a value that was replaced or deleted is read", "kill -9", Expectation.Prevented, Docs,
            "linearizable", Kill),
        Run("register", "registers with cas are not linearizable", "none", Expectation.Prevented, Protocol,
            "linearizable", FaultPlan.None),
        Run("register", "registers with cas are not linearizable", "kill -9", Expectation.Occurs, Docs,
            "linearizable", Kill),
        Run("counter", "incr counts wrong", "none", Expectation.Prevented, Protocol, "counter",
            FaultPlan.None),
        Run("counter", "incr counts wrong", "kill -9", Expectation.Occurs, Docs, "counter", Kill),
        new ScriptRow(
            "one server of 32 MB", "an acknowledged value is evicted", "none", Expectation.Occurs, Docs)
        {
            Setup = "single", Try = Evicts,
        },
    ];

    static FaultPlan Kill => new([new CrashFault { At = 2 * s_second, For = s_second, Nodes = ["n1"] }]);

    static RunRow Run(
        string asked, string workload, string nemesis, Expectation expected, string source, string promise,
        FaultPlan faults) =>
        new($"one server, {asked}", workload, nemesis, expected, source)
        {
            Options = new Dictionary<string, string>(StringComparer.Ordinal) { ["workload"] = asked },
            Faults = faults,
            Duration = 5 * s_second,
            Promise = promise,
            // What clients happen to ask around the kill decides it.
            Seeds = expected == Expectation.Occurs ? 3 : 1,
        };

    // Twice as much as it keeps.
    static async Task<ScriptFinding> Evicts(EngineCluster cluster, CancellationToken cancellation)
    {
        const int Length = 100_000;
        const int Others = 2 * MemcachedCluster.Megabytes * 1_000_000 / Length;
        using var server = await ((MemcachedCluster)cluster).Connect(home: 0, cancellation);
        var text = new string('x', Length);
        var stored = await server.Store("set", "first", text);
        var others = 0;
        for (var number = 0; number < Others; number++)
            others += await server.Store("set", $"other-{number}", text) ? 1 : 0;
        var found = await server.Get("first");
        var evidence = string.Create(
            CultureInfo.InvariantCulture,
            $"the first value is {(found is null ? "gone" : "there")} after {others} others of 100 kB");
        return new(stored && found is null, evidence, [$"set first -> {stored}", evidence]);
    }
}
