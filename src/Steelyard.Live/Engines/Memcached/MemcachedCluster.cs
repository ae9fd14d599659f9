using System.Globalization;
using Steelyard.Live.Processes;

namespace Steelyard.Live.Engines.Memcached;

/// <summary>One memcached.</summary>
internal sealed class MemcachedCluster(ClusterPlace place) : EngineCluster(place, ["n1"])
{
    /// <summary>How much it keeps, in megabytes, before it forgets what was used longest ago.</summary>
    public const int Megabytes = 32;

    const string Service = "client";
    const int Port = 11211;

    /// <summary>A connection of a client beside a node.</summary>
    public Task<MemcachedConnection> Connect(int home, CancellationToken cancellation) =>
        MemcachedConnection.Open(
            Network.Client(home, 0, Service, Port), IsElsewhere ? PrefixOf(Room) : "", cancellation);

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
        using var server = await Direct(IsElsewhere ? PrefixOf(Room) : "", cancellation);
        return await server.Get("ready").WaitAsync(cancellation) is null;
    }

    /// <inheritdoc/>
    protected override async Task Clear(string room, CancellationToken cancellation)
    {
        using var server = await Direct(PrefixOf(room), cancellation);
        while (await server.Keys().WaitAsync(cancellation) is { Count: > 0 } keys)
            foreach (var key in keys)
                await server.Delete(key).WaitAsync(cancellation);
    }

    /// <inheritdoc/>
    protected override async Task<string> TellVersion(CancellationToken cancellation)
    {
        using var server = await Direct("", cancellation);
        return await server.Version().WaitAsync(cancellation);
    }

    Task<MemcachedConnection> Direct(string prefix, CancellationToken cancellation) =>
        MemcachedConnection.Open(Network.Direct(0, Service, Port), prefix, cancellation);

    static string PrefixOf(string room) => $"{room}:";

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
