using Steelyard.Analysis.Transactions;
using Steelyard.Services.Scenarios;
using Steelyard.Services.Stores;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Tests.Stores;

/// <summary>Stores under faults; each says what it must keep.</summary>
static class StoreScenarios
{
    public static readonly FaultTolerance s_tolerance =
        new() { NodesDown = 1, Amnesia = true, TornWrites = true, DiskPressure = true };

    /// <summary>The first primary, and the clients beside it, are alone for a while.</summary>
    public static PartitionFault PrimaryAlone { get; } = new()
    {
        At = TimeSpan.FromSeconds(3),
        For = TimeSpan.FromSeconds(3),
        Groups = [["accounts-1"], ["accounts-2", "accounts-3"]],
    };

    /// <summary>A host of its own goes down with its memory.</summary>
    public static CrashFault Crash { get; } = new()
    {
        At = TimeSpan.FromSeconds(5),
        For = TimeSpan.FromSeconds(1),
        Nodes = [TransactionLoad.Store],
    };

    public static ServicesWorld Drive(this ServicesWorld world, StoreOptions options, string promise)
    {
        world.Tolerance = s_tolerance;
        return world.AddStore(TransactionLoad.Store, options)
            .Drive(TransactionLoad.Load)
            .Expect(new ListAppend(promise));
    }
}

public sealed class SynchronousStore : IServicesScenario
{
    public static void Build(ServicesWorld world) => world
        .Drive(new() { Replicas = 2 }, "strict-serializable")
        .Faults(FaultPalette.All);
}

/// <summary>All go down at once while their disks are slow: only what a majority had on disk may have been
/// acknowledged.</summary>
public sealed class SynchronousStoreAllDown : IServicesScenario
{
    static readonly string[] s_all = ["accounts-1", "accounts-2", "accounts-3"];

    public static void Build(ServicesWorld world) => world
        .Drive(new() { Replicas = 2 }, "strict-serializable")
        .AddFaults(
            new DiskFault
            {
                At = TimeSpan.FromSeconds(4),
                For = TimeSpan.FromSeconds(2),
                Nodes = s_all,
                Trouble = DiskTrouble.Slow,
            },
            StoreScenarios.Crash with { Nodes = s_all, Torn = true });
}

public sealed class CompactedStore : IServicesScenario
{
    public static void Build(ServicesWorld world) => world
        .Drive(new() { Replicas = 2, CompactEvery = 10 }, "strict-serializable")
        .Faults(FaultPalette.All);
}

public sealed class SynchronousStoreCutInTwo : IServicesScenario
{
    public static void Build(ServicesWorld world) => world
        .Drive(new() { Replicas = 2 }, "strict-serializable")
        .AddFaults(StoreScenarios.PrimaryAlone);
}

public sealed class AsynchronousStoreCutInTwo : IServicesScenario
{
    public static void Build(ServicesWorld world) => world
        .Drive(new() { Replicas = 2, Replication = StoreReplication.Asynchronous }, "strict-serializable")
        .AddFaults(StoreScenarios.PrimaryAlone);
}

public sealed class CrashedStore : IServicesScenario
{
    public static void Build(ServicesWorld world) => world
        .Drive(new(), "strict-serializable").AddFaults(StoreScenarios.Crash);
}

public sealed class CrashedStoreThatSyncsLater : IServicesScenario
{
    public static void Build(ServicesWorld world) => world
        .Drive(new() { SyncCommit = false }, "strict-serializable").AddFaults(StoreScenarios.Crash);
}

/// <summary>The same, stopped in good order.</summary>
public sealed class DrainedStoreThatSyncsLater : IServicesScenario
{
    public static void Build(ServicesWorld world) => world
        .Drive(new() { SyncCommit = false }, "strict-serializable")
        .AddFaults(new DrainFault
        {
            At = StoreScenarios.Crash.At,
            For = StoreScenarios.Crash.For,
            Nodes = StoreScenarios.Crash.Nodes,
        });
}

public sealed class AsynchronousStore : IServicesScenario
{
    public static void Build(ServicesWorld world) => world
        .Drive(
            new() { Replicas = 2, Replication = StoreReplication.Asynchronous, CompactEvery = 10 },
            "strict-serializable");
}

public sealed class SnapshotStore : IServicesScenario
{
    public static void Build(ServicesWorld world) => world
        .Drive(new() { Replicas = 2, Isolation = StoreIsolation.Snapshot }, "strong-snapshot-isolation")
        .Faults(FaultPalette.All);
}
