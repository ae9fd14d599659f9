using System.Numerics;
using Steelyard.Histories;

namespace Steelyard.Simulation.Scheduling;

/// <summary>
/// Virtual time and what is to happen in it. Keeps the schedule hash: a fold over every event handled, which
/// two runs share only when they did the same things in the same order at the same times.
/// </summary>
internal sealed class Scheduler
{
    // Odd constants with well spread bits (of wyhash); any would do.
    const ulong TimeFactor = 0xA0761D6478BD642FUL;
    const ulong PlaceFactor = 0xE7037ED1A0B428DBUL;

    [ThreadStatic]
    static Scheduler? t_running;

    readonly EventQueue _queue;
    readonly Dictionary<Type, ulong> _typeHashes = [];
    Type? _lastType;
    Type? _otherType;
    ulong _lastTypeHash;
    ulong _otherTypeHash;
    ulong _hash;

    /// <summary>Where continuations of the world run.</summary>
    public WorldContext Context { get; }

    /// <summary>Pools of awaitables.</summary>
    public AwaitPools Pools { get; }

    /// <summary>Time stands at 0, and nothing is to happen.</summary>
    /// <param name="mostWaiting">How many events may wait at once.</param>
    public Scheduler(long mostWaiting = EventQueue.MostSlots)
    {
        _queue = new(mostWaiting);
        Context = new(this);
        Pools = new(Context);
    }

    /// <summary>Now, in ns of the run.</summary>
    public long NowNs { get; private set; }

    /// <summary>Events handled so far.</summary>
    public long Events { get; private set; }

    /// <summary>Whether anything is left to happen.</summary>
    public bool IsEmpty => _queue.Count == 0;

    /// <summary>When the next event happens; later than any when nothing is left to happen.</summary>
    public long NextNs => _queue.EarliestNs;

    /// <summary>How many events wait.</summary>
    public int Waiting => _queue.Count;

    /// <summary>True once more events were to wait than may; see <see cref="EventQueue"/>.</summary>
    public bool IsOverfull => _queue.IsOverfull;

    /// <summary>Looks at every event that waits, in no order that means anything.</summary>
    public void Visit(Action<Event> look) => _queue.Visit(look);

    /// <summary>Whether any event that waits is of some kind.</summary>
    public bool Awaits(Func<Event, bool> kind) => _queue.Any(kind);

    /// <summary>The fold over all events so far.</summary>
    public ulong ScheduleHash => StableHash.Mix(_hash ^ (ulong)Events);

    /// <summary>The scheduler of the run on this thread, or null: code asks to see that it is still inside
    /// its world.</summary>
    public static Scheduler? Running
    {
        get => t_running;
        set => t_running = value;
    }

    /// <summary>Set when code of the world was caught running outside of it; the run must fail.</summary>
    public Exception? Escape { get; private set; }

    /// <summary>Schedules an event at a time that has not passed.</summary>
    public void At(long timeNs, in Event scheduled) =>
        _queue.Push(timeNs < NowNs ? NowNs : timeNs, scheduled);

    /// <summary>Moves to the next event.</summary>
    public void Next(out Event next) => NowNs = _queue.Pop(out next);

    /// <summary>Folds an event that is handled now into the schedule hash, and counts it.</summary>
    public void Count(in Event handled)
    {
        Events++;
        var place =
            ((ulong)(uint)handled.To.Index << 32) | ((ulong)(uint)handled.From.Index << 8) |
                (ulong)handled.Kind;
        if (handled.Subject is { } subject)
            place ^= HashOf(subject.GetType());
        var hash = (_hash ^ (ulong)NowNs) * TimeFactor;
        hash = (BitOperations.RotateLeft(hash, 29) ^ place) * PlaceFactor;
        _hash = BitOperations.RotateLeft(hash, 31);
    }

    /// <summary>Fails the run when the caller does not run on the world's thread.</summary>
    public void MustRunHere()
    {
        if (t_running != this)
            throw Escaped();
    }

    /// <summary>Notes that code of the world runs outside of it, and makes the exception to throw
    /// there.</summary>
    public InvalidOperationException Escaped()
    {
        var escape = new InvalidOperationException(
            "code of a simulated node or client ran outside its world (on another thread, or after the run):"
            + " await only what the world gives, and without ConfigureAwait(false)");
        Escape = escape;
        return escape;
    }

    // By name, since type handles differ from process to process.
    ulong HashOf(Type type)
    {
        if (ReferenceEquals(type, _lastType))
            return _lastTypeHash;
        // Requests and replies alternate: the one before the last is as likely as the last.
        if (ReferenceEquals(type, _otherType))
            return _otherTypeHash;
        if (!_typeHashes.TryGetValue(type, out var hash))
            _typeHashes.Add(type, hash = StableHash.Of(type.FullName ?? type.Name));
        (_otherType, _otherTypeHash) = (_lastType, _lastTypeHash);
        (_lastType, _lastTypeHash) = (type, hash);
        return hash;
    }
}
