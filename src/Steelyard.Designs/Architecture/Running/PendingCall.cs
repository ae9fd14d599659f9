namespace Steelyard.Designs.Architecture.Running;

/// <summary>A call that is made, with all its attempts. It is used again for another one.</summary>
internal sealed class PendingCall
{
    public ClientRequest Request { get; private set; } = null!;

    public IReadOnlyList<ClientRequest>? Batch { get; private set; }

    /// <summary>How many items each of its requests is about.</summary>
    public int Weight { get; set; }

    public object? Owner { get; private set; }

    public long DeadlineNs { get; private set; }

    /// <summary>Moves on whenever it is another call.</summary>
    public int Generation { get; private set; }

    public bool IsOpen { get; set; }

    /// <summary>Whether it takes one of the caller's connections.</summary>
    public bool IsInPool { get; set; }

    /// <summary>Attempts so far.</summary>
    public int Attempts { get; set; }

    /// <summary>Those without an answer.</summary>
    public int Outstanding { get; set; }

    /// <summary>Waits before attempts so far.</summary>
    public int Retries { get; set; }

    public TimeSpan LastWait { get; set; }

    public int LastTarget { get; set; }

    public void Begin(
        ClientRequest request, IReadOnlyList<ClientRequest>? batch, object? owner, long deadlineNs)
    {
        (Request, Batch, Owner, DeadlineNs) = (request, batch, owner, deadlineNs);
        (IsOpen, IsInPool, Attempts, Outstanding, Retries) = (true, false, 0, 0, 0);
        (LastWait, LastTarget, Weight) = (default, -1, 1);
    }

    /// <summary>A reminder of this call, and of no later one.</summary>
    public Ticket Ticket() => new(this, 0, Generation);

    public void Forget()
    {
        Generation++;
        (Owner, Batch) = (null, null);
    }
}

/// <summary>What a timer is about: a call, or an attempt by its slot.</summary>
internal readonly record struct Ticket(PendingCall? Call, int Slot, int Generation);

/// <summary>Attempts without an answer, by slot: a late answer finds another generation there.</summary>
internal sealed class Attempts
{
    public const int MostGenerations = (1 << 24) - 1;

    struct Entry
    {
        public PendingCall? Call;
        public int Target;
        public int Generation;
    }

    readonly Stack<int> _free = new();
    Entry[] _entries = new Entry[16];
    int _used;
    int[] _openAt = [];

    /// <summary>There are so many instances.</summary>
    public void Size(int targets) => _openAt = new int[targets];

    /// <summary>How many attempts are open at an instance.</summary>
    public int OpenAt(int target) => _openAt[target];

    public (int Slot, int Generation) Begin(PendingCall call, int target)
    {
        if (!_free.TryPop(out var slot))
        {
            if (_used == _entries.Length)
                Array.Resize(ref _entries, _used * 2);
            slot = _used++;
        }

        ref var entry = ref _entries[slot];
        (entry.Call, entry.Target) = (call, target);
        _openAt[target]++;
        return (slot, entry.Generation);
    }

    /// <summary>Ends an attempt; false where it has ended before.</summary>
    public bool TryEnd(int slot, int generation, out PendingCall call, out int target)
    {
        (call, target) = (null!, 0);
        if (slot >= _used || _entries[slot].Generation != generation || _entries[slot].Call is null)
            return false;
        ref var entry = ref _entries[slot];
        (call, target) = (entry.Call!, entry.Target);
        entry.Call = null;
        entry.Generation = (entry.Generation + 1) & MostGenerations;
        _openAt[target]--;
        _free.Push(slot);
        return true;
    }

    /// <summary>Ends them all.</summary>
    public void Clear()
    {
        for (var slot = 0; slot < _used; slot++)
            _ = TryEnd(slot, _entries[slot].Generation, out _, out _);
    }
}
