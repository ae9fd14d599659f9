namespace Steelyard.Analysis;

/// <summary>
/// The configurations a search has entered: (next return, state, set of linearized open operations). Open
/// addressing over flat arrays; an entry costs 8 bytes and 8 more per 64 operations open at once, never the
/// history's length.
/// </summary>
internal sealed class VisitedConfigurations(int words)
{
    const ulong Golden = 0x9E3779B97F4A7C15UL;

    int[] _slots = NewSlots(1 << 8);
    int[] _returns = new int[1 << 7];
    int[] _states = new int[1 << 7];
    ulong[] _sets = new ulong[words << 7];

    /// <summary>How many were entered.</summary>
    public int Count { get; private set; }

    /// <summary>Enters a configuration; false when it was there.</summary>
    public bool Add(int atReturn, int state, ReadOnlySpan<ulong> set)
    {
        var at = (int)(Hash(atReturn, state, set) & (ulong)(_slots.Length - 1));
        while (_slots[at] >= 0)
        {
            var entry = _slots[at];
            if (_returns[entry] == atReturn && _states[entry] == state && Set(entry).SequenceEqual(set))
                return false;
            at = (at + 1) & (_slots.Length - 1);
        }

        _slots[at] = Count;
        Append(atReturn, state, set);
        if (Count * 2 > _slots.Length)
            Rehash();
        return true;
    }

    Span<ulong> Set(int entry) => _sets.AsSpan(entry * words, words);

    void Append(int atReturn, int state, ReadOnlySpan<ulong> set)
    {
        if (Count == _returns.Length)
        {
            Array.Resize(ref _returns, Count * 2);
            Array.Resize(ref _states, Count * 2);
            Array.Resize(ref _sets, Count * 2 * words);
        }

        _returns[Count] = atReturn;
        _states[Count] = state;
        set.CopyTo(Set(Count));
        Count++;
    }

    void Rehash()
    {
        _slots = NewSlots(_slots.Length * 2);
        for (var entry = 0; entry < Count; entry++)
        {
            var at = (int)(Hash(_returns[entry], _states[entry], Set(entry)) & (ulong)(_slots.Length - 1));
            while (_slots[at] >= 0)
                at = (at + 1) & (_slots.Length - 1);
            _slots[at] = entry;
        }
    }

    static ulong Hash(int atReturn, int state, ReadOnlySpan<ulong> set)
    {
        var hash = (((ulong)(uint)atReturn << 32) | (uint)state) * Golden;
        foreach (var word in set)
        {
            hash = (hash ^ word) * Golden;
            hash ^= hash >> 32;
        }

        return hash ^ (hash >> 29);
    }

    static int[] NewSlots(int length)
    {
        var slots = new int[length];
        Array.Fill(slots, -1);
        return slots;
    }
}
