using Steelyard.Live.Matrix;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Engines.Garnet;

/// <summary>What is known of Garnet.</summary>
internal static class GarnetRows
{
    const string Docs = "https://microsoft.github.io/garnet/docs/getting-started/configuration";

    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    /// <summary>All of it.</summary>
    public static IReadOnlyList<MatrixRow> All { get; } =
    [
        Kill("wait", Expectation.Prevented),
        Kill("after", Expectation.MayOccur),
        Kill("never", Expectation.Occurs),
        Kill("none", Expectation.Occurs),
        Run("register", "registers are not linearizable", "linearizable"),
        Run("append", "scripts are not strict-serializable", "list-append"),
    ];

    static RunRow Kill(string commit, Expectation expected) => new(
        $"one server, log committed: {commit}", "acknowledged writes lost", "kill -9", expected, Docs)
    {
        Options = new Dictionary<string, string>(StringComparer.Ordinal) { [GarnetEngine.Commit] = commit },
        Faults = new([new CrashFault { At = 3 * s_second, For = s_second, Nodes = ["n1"] }]),
        Promise = "set",
    };

    static RunRow Run(string asked, string workload, string promise) => new(
        "one server", workload, "none", Expectation.Prevented, Docs)
    {
        Options = new Dictionary<string, string>(StringComparer.Ordinal) { ["workload"] = asked },
        Duration = 5 * s_second,
        Promise = promise,
    };
}
