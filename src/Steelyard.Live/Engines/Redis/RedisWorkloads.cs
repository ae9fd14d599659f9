using Steelyard.Analysis.Sessions;
using Steelyard.Analysis.Staleness;
using Steelyard.Analysis.Workloads.Counters;
using Steelyard.Analysis.Workloads.Queues;
using Steelyard.Live.Workloads;

namespace Steelyard.Live.Engines.Redis;

/// <summary>What is asked of servers that speak Redis' protocol.</summary>
internal static class RedisWorkloads
{
    static readonly TimeSpan s_stale = TimeSpan.FromSeconds(1);

    /// <summary>All of them, the usual one first.</summary>
    public static IReadOnlyList<LiveWorkload> All { get; } =
    [
        LiveWorkloads.AcknowledgedSet,
        Register,
        LiveWorkloads.Appends(_ => "strict-serializable"),
        new(
            "counter", "adds to a counter (INCRBY) and reads of it",
            _ => new CounterWorkload(RedisOperations.Counter), _ => [new CounterBounds()]),
        IdWorkload.Define("INCR"),
        new(
            "lock", "a counter that is read and written under a lock (SET NX PX)",
            _ => new CounterWorkload(RedisLocks.Plain), _ => [new CounterBounds()])
        {
            SuccessFloor = LiveWorkload.Contended,
        },
        new(
            "fenced-lock", "the same, and who comes with an older token is refused",
            _ => new CounterWorkload(RedisLocks.Fenced), _ => [new CounterBounds()])
        {
            SuccessFloor = LiveWorkload.Contended,
        },
        new(
            "queue", "a list that is pushed and popped: an element whose answer is lost is gone",
            _ => new BrokerQueueWorkload(RedisQueues.Plain), _ => [new TotalQueue(), new ExactlyOnceQueue()]),
        new(
            "acknowledged-queue", "elements are moved to a second list until they are acknowledged",
            _ => new BrokerQueueWorkload(RedisQueues.Acknowledged), _ => [new TotalQueue()]),
    ];

    // Of replicas nobody promises more than that they follow: what people count on is looked at.
    static LiveWorkload Register => LiveWorkloads.Register() with
    {
        Expectations = setup => RedisChoices.Of(setup).Reads == "primary"
            ? LiveWorkloads.Register().Expectations(setup)
            : [new MonotonicReads(), new ReadYourWrites(), new BoundedStaleness(s_stale)],
    };
}
