using Steelyard.Analysis.Models.Etcd;
using Steelyard.Analysis.Models.Locks;
using Steelyard.Analysis.Models.Versioned;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models;

/// <summary>The sequential specifications that come with the house.</summary>
public static class KnownModels
{
    /// <summary>How often a reentrant lock may be held at once where nothing is said: twice, as in Jepsen's
    /// tests of Hazelcast.</summary>
    public const int UsualHolds = 2;

    /// <summary>A register per key with read and write.</summary>
    /// <param name="initial">What each holds at first: nil, one value for all, or a map from key to value,
    /// nil where absent.</param>
    public static Model Register(Value initial = default) => new RegisterModel("register", false, initial);

    /// <summary>A register per key with read, write and cas. A failed cas did not match.</summary>
    /// <param name="initial">As of <see cref="Register"/>.</param>
    public static Model CasRegister(Value initial = default) =>
        new RegisterModel("cas-register", true, initial);

    /// <summary>A register per key with read, write and cas, whose answers tell versions: every change has a
    /// greater one than all before.</summary>
    /// <param name="initial">What each holds at first: a map {version, value}; 0 and nil where
    /// absent.</param>
    /// <param name="dense">True where each change adds one to the version.</param>
    public static Model VersionedRegister(Value initial = default, bool dense = false) =>
        new VersionedRegisterModel(initial, dense);

    /// <summary>Registers read and written several at a time; all 0 at first, as x and y are in
    /// Knossos.</summary>
    public static Model MultiRegister() => MultiRegister(0);

    /// <summary>Registers read and written several at a time.</summary>
    /// <param name="initial">A map from register to its first value, nil where absent; or one value for
    /// all.</param>
    public static Model MultiRegister(Value initial) => new MultiRegisterModel(initial);

    /// <summary>A map with get, put and append, each key on its own.</summary>
    /// <param name="initial">What each holds at first: nil is the empty text, or one text for all, or a map
    /// from key to text.</param>
    public static Model Kv(Value initial = default) => new KvModel(initial);

    /// <summary>Accounts with transfers that are refused when funds are short, and reads of all
    /// balances.</summary>
    /// <param name="initial">A map from account to cents.</param>
    public static Model Bank(Value initial) => new BankModel(initial);

    /// <summary>A set per key with insert, remove, contains and read; empty at first.</summary>
    public static Model Set() => new SetModel();

    /// <summary>A queue per key: enqueue (enq, put, add), dequeue (deq, get, rem), peek; a dequeue of
    /// nothing returns nil.</summary>
    public static Model Queue() => new CollectionModel(
        "queue", TakeOrder.Oldest, ["enqueue", "enq", "put", "add"], ["dequeue", "deq", "get", "rem"],
        ["peek"]);

    /// <summary>A stack per key: push (put, add), pop (get, rem), peek; a pop of nothing returns
    /// nil.</summary>
    public static Model Stack() => new CollectionModel(
        "stack", TakeOrder.Newest, ["push", "put", "add"], ["pop", "get", "rem"], ["peek"]);

    /// <summary>A priority queue per key: insert (push), take-min (pop), peek-min (peek), and take-max and
    /// peek-max from its other end; a take of nothing returns nil.</summary>
    public static Model PriorityQueue() => new CollectionModel(
        "priority-queue", TakeOrder.Least, ["insert", "push"], ["take-min", "pop"], ["peek-min", "peek"]);

    /// <summary>A lock per key: acquire, release; free at first.</summary>
    public static Model Mutex() => new SemaphoreModel("mutex", 1, 1);

    /// <summary>A lock per key that only its holder may release. Whose an operation is says the <c>client</c>
    /// that its answer or its argument names, or else its process.</summary>
    public static Model OwnerAwareMutex() => new OwnedLockModel("owner-aware-mutex", 1, Fencing.None);

    /// <summary>The same, and its holder may acquire it again; it is free when it was released as
    /// often.</summary>
    /// <param name="limit">How often one may hold it at once; at least 1.</param>
    public static Model ReentrantMutex(int limit = UsualHolds) =>
        new OwnedLockModel("reentrant-mutex", limit, Fencing.None);

    /// <summary>The same, each acquire with a token: greater than all before when the lock was free, the same
    /// again when it was held already.</summary>
    /// <param name="limit">How often one may hold it at once; at least 1.</param>
    public static Model ReentrantFencedMutex(int limit = UsualHolds) =>
        new OwnedLockModel("reentrant-fenced-mutex", limit, Fencing.Ordered);

    /// <summary>A lock per key that several may hold: acquire, release; all permits free at first. Where
    /// answers or arguments name a <c>client</c>, each gives back only what it had acquired.</summary>
    /// <param name="permits">How many may hold it; at least 1.</param>
    public static Model Semaphore(int permits) =>
        new SemaphoreModel("semaphore", permits, permits, knowsClients: true);

    /// <summary>A counting semaphore per key: incr (release) always succeeds, decr (acquire) takes what an
    /// incr gave, and one that returns 0 or false found nothing.</summary>
    /// <param name="free">How many permits are free at first; at least 0.</param>
    public static Model CountingSemaphore(long free) =>
        new SemaphoreModel("semaphore", free, long.MaxValue);

    /// <summary>A register per key that is read and written at one instant (rmw), and read and written
    /// alone.</summary>
    /// <param name="initial">What each holds at first.</param>
    public static Model Rmw(Value initial) => new RmwModel(initial);

    /// <summary>A key-value store in which every change makes a revision, as etcd's is: get, range, put,
    /// delete, txn with compares, leases. Empty and at revision 1 at first.</summary>
    public static Model Etcd() => new EtcdModel();

    /// <summary>The functions that such a store judges; it passes over all others.</summary>
    public static IReadOnlyList<string> EtcdFunctions => EtcdModel.Judged;

    /// <summary>A counter per key: add, read; 0 at first.</summary>
    public static Model Counter() => new CounterModel();
}
