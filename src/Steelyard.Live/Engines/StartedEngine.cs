using Steelyard.Live.Disks;
using Steelyard.Live.Loop;
using Steelyard.Live.Networks;
using Steelyard.Live.Processes;

namespace Steelyard.Live.Engines;

/// <summary>An engine that was started on this machine and is ready; put away, it leaves nothing but its
/// logs.</summary>
internal sealed class StartedEngine : IDisposable
{
    readonly ProcessYard _yard;
    readonly ThreadRoom _room;

    StartedEngine(ProcessYard yard, EngineCluster cluster, ThreadRoom room) =>
        (_yard, Cluster, _room) = (yard, cluster, room);

    /// <summary>Its cluster.</summary>
    public EngineCluster Cluster { get; }

    /// <summary>Starts an engine.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="setup">How it is set up.</param>
    /// <param name="keep">The folder in which its logs stay, under <c>engine</c>; null keeps none.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="LiveException">It is not there, or does not get ready.</exception>
    public static StartedEngine Start(
        Engine engine, EngineSetup setup, string? keep, CancellationToken cancellation)
    {
        foreach (var program in engine.Programs)
            program.MustBeThere();
        var yard = ProcessYard.Open();
        var room = new ThreadRoom();
        ClusterNetwork? network = null;
        try
        {
            network = ClusterNetwork.Of(
                setup.HasNetwork ? setup.Network : NetworkKind.Proxies, yard.Name, setup.Nodes);
            var logs = keep is null
                ? yard.MakeFolder("logs")
                : Path.GetFullPath(Path.Combine(keep, "engine"));
            Directory.CreateDirectory(logs);
            var cluster = engine.CreateCluster(setup, new(yard, network, logs));
            foreach (var node in cluster.Nodes)
            {
                File.Delete(node.Log);
                node.Clock = setup.HasOwnClocks ? new(yard, node.Name) : null;
                node.Disk = setup.HasOwnDisks ? NodeDisk.Make(yard, node.Name) : null;
            }

            cluster.Start(cancellation).GetAwaiter().GetResult();
            foreach (var node in cluster.Nodes)
                node.Disk?.Sync();
            return new(yard, cluster, room);
        }
        catch
        {
            network?.Dispose();
            yard.Dispose();
            room.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Cluster.Network.Dispose();
        _yard.Dispose();
        _room.Dispose();
    }
}
