using System.Globalization;
using System.Net;
using Steelyard.Live.Processes;

namespace Steelyard.Live.Engines.Memcached;

/// <summary>One memcached.</summary>
internal sealed class MemcachedCluster(ClusterPlace place) : EngineCluster(place, ["n1"])
{
    /// <summary>How much it keeps, in megabytes, before it forgets what was used longest ago.</summary>
    public const int Megabytes = 32;

    const string Service = "client";
    const int Port = 11211;

    /// <summary>Where a client beside a node reaches the server.</summary>
    public IPEndPoint ServerFor(int home) => Network.Client(home, 0, Service, Port);

    /// <inheritdoc/>
    public override Task<EngineNode?> Leader() =>
        Task.FromResult(Nodes[0].IsRunning ? Nodes[0] : null);

    /// <inheritdoc/>
    protected override IReadOnlyList<EngineCommand> CommandsOf(EngineNode node)
    {
        var here = Network.Listen(node.Index, Service, Port);
        List<string> words =
        [
            "-l", $"{here.Address}", "-p", Number(here.Port), "-U", "0", "-m", Number(Megabytes), "-t", "2",
        ];
        // As root it wants to be told so.
        if (Environment.IsPrivilegedProcess)
            words.AddRange(["-u", "root"]);
        return [new(FileOf(MemcachedEngine.Server), words)];
    }

    /// <inheritdoc/>
    protected override async Task<bool> IsReady(EngineNode node, CancellationToken cancellation)
    {
        using var server = await MemcachedConnection.Open(
            Network.Direct(node.Index, Service, Port), cancellation);
        return await server.Get("ready").WaitAsync(cancellation) is null;
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
