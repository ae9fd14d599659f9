using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Transactions;
using Steelyard.Analysis.Workloads.Logs;
using Steelyard.Analysis.Workloads.Queues;
using Steelyard.Analysis.Workloads.Sets;
using Steelyard.Histories;
using Steelyard.Live.Engines;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Workloads;

/// <summary>The workloads that several engines share: one member each.</summary>
internal static class LiveWorkloads
{
    /// <summary>Reads, writes and compare-and-sets of a few registers, held to linearizability.</summary>
    public static LiveWorkload Register(double conditional = 0.2) => new(
        "register", "reads, writes and compare-and-sets of a few registers",
        clients => new RegisterWorkload(new()
        {
            Clients = clients, Replicas = 0, ConditionalShare = conditional, ColdKeys = 20,
        }),
        _ => [new Linearizable(KnownModels.CasRegister())]);

    /// <summary>Adds to a set that is read at the end: whatever was acknowledged is there.</summary>
    public static LiveWorkload AcknowledgedSet { get; } = new(
        "set", "adds to a set, read at the end: what was acknowledged is there",
        _ => new SetWorkload(), _ => [new FinalSet()]);

    /// <summary>Transactions that append to lists and read them.</summary>
    /// <param name="consistency">What they are held to, by set-up.</param>
    public static LiveWorkload Appends(Func<EngineSetup, string> consistency) => new(
        "append", "transactions that append to lists and read them",
        _ => new AppendWorkload(), setup => [new ListAppend(consistency(setup))]);

    /// <summary>A queue, emptied at the end: what was acknowledged came out.</summary>
    public static LiveWorkload Queue { get; } = new(
        "queue", "puts into a queue and takes out of it: what was acknowledged comes out, perhaps twice",
        _ => new BrokerQueueWorkload(), _ => [new TotalQueue()]);

    /// <summary>Logs: what was acknowledged is polled, in one order.</summary>
    public static LiveWorkload Log { get; } = new(
        "log", "sends to logs and polls them: what was acknowledged is polled, once and in one order",
        _ => new LogWorkload(), _ => [new KafkaLog()]);

    /// <summary>A lock: one holder at a time.</summary>
    public static LiveWorkload Lock { get; } = new(
        "lock", "asks for a lock and gives it back: one holder at a time",
        _ => new LockWorkload(holds: false), _ => [new Linearizable(KnownModels.Mutex())])
    {
        SuccessFloor = LiveWorkload.Contended,
    };
}
