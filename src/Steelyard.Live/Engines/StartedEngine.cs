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

    /// <summary>What of it was found in which version, and whether that is the one it is written for.</summary>
    public required IReadOnlyList<string> Versions { get; init; }

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
            setup.Source.FileOf(program);
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
            var place = new ClusterPlace(yard, network, logs, setup.Source);
            var cluster = engine.CreateCluster(setup, place);
            foreach (var node in cluster.Nodes)
            {
                File.Delete(node.Log);
                node.Clock = setup.HasOwnClocks ? new(yard, node.Name) : null;
                node.Disk = setup.HasOwnDisks ? NodeDisk.Make(yard, node.Name) : null;
            }

            var found = engine.Releases.Select(release => (release, Version: release.Find(place))).ToList();
            Begin(cluster, found, cancellation);
            foreach (var node in cluster.Nodes)
                node.Disk?.Sync();
            return new(yard, cluster, room)
            {
                Versions = [.. found.Select(one => one.release.Words(one.Version))],
            };
        }
        catch
        {
            network?.Dispose();
            yard.Dispose();
            room.Dispose();
            throw;
        }
    }

    // Of another version it may not know how it is started here.
    static void Begin(
        EngineCluster cluster, IEnumerable<(EngineRelease Release, string? Version)> found,
        CancellationToken cancellation)
    {
        try
        {
            cluster.Start(cancellation).GetAwaiter().GetResult();
        }
        catch (LiveException failure) when (
            found.FirstOrDefault(one => one.Version is { } version && !one.Release.IsExpected(version))
                is { Version: not null } other)
        {
            throw new LiveException($"{failure.Message} ({other.Release.Words(other.Version)})");
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
