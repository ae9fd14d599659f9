using System.Globalization;
using Steelyard.Live.Engines.Redis;
using Steelyard.Live.Processes;

namespace Steelyard.Live.Engines.Garnet;

/// <summary>One Garnet.</summary>
internal sealed class GarnetCluster(EngineSetup setup, ClusterPlace place) : RespCluster(setup, place)
{
    readonly string _commit = setup.Chosen.GetValueOrDefault(GarnetEngine.Commit, "wait");

    /// <inheritdoc/>
    public override Task<EngineNode?> Leader() => Task.FromResult(Nodes[0].IsRunning ? Nodes[0] : null);

    /// <inheritdoc/>
    protected override string VersionWord => "garnet_version:";

    /// <inheritdoc/>
    protected override IReadOnlyList<EngineCommand> CommandsOf(EngineNode node)
    {
        var here = ListenOf(node);
        List<string> words =
        [
            "--bind", $"{here.Address}",
            "--port", here.Port.ToString(CultureInfo.InvariantCulture), "--checkpointdir", FolderOf(node),
            "--memory", "64m", "--page", "4m", "--index", "16m", "--lua", "--lua-transaction-mode",
            // The one it takes by itself wants a newer C library than Debian 12 has.
            "--device-type", "RandomAccess", "--protected-mode", "false",
            // Whoever waits for a commit holds a thread, and the commit wants one too: with as many as there
            // are processors clients wait for seconds.
            "--minthreads", "32",
        ];
        if (_commit != "none")
            words.AddRange(["--aof", "--aof-memory", "64m", "--aof-page-size", "8m", "--recover"]);
        if (_commit == "wait")
            words.Add("--aof-commit-wait");
        if (_commit == "never")
            words.AddRange(["--aof-commit-freq", "-1"]);
        var program = FileOf(GarnetEngine.Host);
        return program.EndsWith(".dll", StringComparison.Ordinal)
            ? [new(FileOf(GarnetEngine.Runtime), [program, .. words])]
            : [new(program, words)];
    }
}
