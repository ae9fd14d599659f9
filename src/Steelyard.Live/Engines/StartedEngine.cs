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
    RoomNote? _note;

    StartedEngine(ProcessYard yard, EngineCluster cluster, ThreadRoom room) =>
        (_yard, Cluster, _room) = (yard, cluster, room);

    /// <summary>What of it was found in which version, and whether that is the one it is written
    /// for.</summary>
    public IReadOnlyList<string> Versions { get; private set; } = [];

    /// <summary>Its cluster.</summary>
    public EngineCluster Cluster { get; }

    /// <summary>What runs that were killed had left where it is not ours, a line each.</summary>
    public IReadOnlyList<string> LeftByOthers { get; private set; } = [];

    /// <summary>Starts an engine, or meets one that runs elsewhere.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="setup">How it is set up.</param>
    /// <param name="keep">The folder in which its logs stay, under <c>engine</c>; null keeps none.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="LiveException">It is not there, or does not get ready.</exception>
    public static StartedEngine Start(
        Engine engine, EngineSetup setup, string? keep, CancellationToken cancellation)
    {
        if (!setup.Source.IsElsewhere)
            foreach (var program in engine.Programs)
                setup.Source.FileOf(program);
        var yard = ProcessYard.Open(
            setup.Source.Container, setup.Source.IsElsewhere ? RoomCleaner.CommandFor : null);
        var room = new ThreadRoom();
        ClusterNetwork? network = null;
        try
        {
            network = setup.Source.IsElsewhere
                ? new ElsewhereNetwork([.. setup.Source.Addresses.Select(address => address.Resolve())])
                : ClusterNetwork.Of(
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

            return setup.Source.IsElsewhere
                ? Meet(engine, setup, new(yard, cluster, room), cancellation)
                : new(yard, cluster, room)
                {
                    Versions = Begin(engine, cluster, place, cancellation),
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
    static IReadOnlyList<string> Begin(
        Engine engine, EngineCluster cluster, ClusterPlace place, CancellationToken cancellation)
    {
        var found = engine.Releases
            .Select(release => (Release: release, Version: release.Find(place))).ToList();
        try
        {
            cluster.Start(cancellation).GetAwaiter().GetResult();
            foreach (var node in cluster.Nodes)
                node.Disk?.Sync();
            return [.. found.Select(one => one.Release.Words(one.Version))];
        }
        catch (LiveException failure) when (
            found.FirstOrDefault(one => one.Version is { } version && !one.Release.IsExpected(version))
                is { Version: not null } other)
        {
            throw new LiveException($"{failure.Message} ({other.Release.Words(other.Version)})");
        }
    }

    static StartedEngine Meet(
        Engine engine, EngineSetup setup, StartedEngine met, CancellationToken cancellation)
    {
        var note = new RoomNote(met.Cluster.Room, engine.Name, setup.Name, setup.Source.Addresses);
        try
        {
            var version = met.Cluster.Meet(note, cancellation).GetAwaiter().GetResult();
            met.Versions = [engine.Releases[0].Words(EngineRelease.VersionIn(version))];
            met.LeftByOthers = met.Cluster.TakeAwayWhatOthersLeft(engine.Name).GetAwaiter().GetResult();
            met._note = note;
            return met;
        }
        catch
        {
            // Whatever there is of the room by now.
            if (RoomNote.Of(note.Room) is not null)
                met.Cluster.Leave(note).GetAwaiter().GetResult();
            throw;
        }
    }

    /// <summary>Takes away what was made where the engine is not ours; once.</summary>
    public void Leave()
    {
        if (_note is not { } note)
            return;
        _note = null;
        Cluster.Leave(note).GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Leave();
        Cluster.Network.Dispose();
        _yard.Dispose();
        _room.Dispose();
    }
}
