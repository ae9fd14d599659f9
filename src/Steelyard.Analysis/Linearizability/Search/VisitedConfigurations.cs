using System.Runtime.InteropServices;

namespace Steelyard.Analysis.Linearizability.Search;

/// <summary>
/// The configurations a search has entered: next return, state, which open required operations are
/// linearized, and which optional ones. Where all else is equal, one that has used fewer optional operations
/// can do whatever one that has used more can; the latter is not entered.
/// </summary>
/// <remarks>An entry costs 16 bytes, and 8 per 64 operations open at once or optional; never the history's
/// length.</remarks>
internal sealed class VisitedConfigurations(int requiredWords, int optionalWords)
{
    const ulong Golden = 0x9E3779B97F4A7C15UL;
    const int FirstCapacity = 64;

    // A gigabyte: many operations that never returned make each entry long, and then there are fewer.
    const long MostWords = 1L << 27;

    readonly int _words = requiredWords + optionalWords;
    int[] _heads = NewHeads(FirstCapacity * 2);
    Entry[] _entries = new Entry[FirstCapacity];
    ulong[] _sets = new ulong[FirstCapacity * (requiredWords + optionalWords)];
    int _stored;

    /// <summary>How many were entered.</summary>
    public long Count { get; private set; }

    /// <summary>How many can be entered at all, memory and arrays being what they are.</summary>
    public long Capacity => Math.Min(Array.MaxLength / (2L * Math.Max(4, _words)), MostWords / (2 + _words));

    /// <summary>Enters a configuration; false when it can do no more than one that was there.</summary>
    public bool Add(int atReturn, int state, ReadOnlySpan<ulong> set)
    {
        var hash = Hash(atReturn, state, set);
        var replaced = -1;
        for (var at = _heads[hash & (uint)(_heads.Length - 1)]; at >= 0; at = _entries[at].Next)
        {
            ref var entry = ref _entries[at];
            if (entry.Hash != hash || entry.Return != atReturn || entry.State != state)
                continue;
            var there = Set(at);
            if (!there[..requiredWords].SequenceEqual(set[..requiredWords]))
                continue;
            if (IsSubset(there[requiredWords..], set[requiredWords..]))
                return false;
            if (replaced < 0 && IsSubset(set[requiredWords..], there[requiredWords..]))
                replaced = at;
        }

        Count++;
        if (replaced >= 0)
            set.CopyTo(Set(replaced));
        else
            Append(hash, atReturn, state, set);
        return true;
    }

    static bool IsSubset(ReadOnlySpan<ulong> of, ReadOnlySpan<ulong> set)
    {
        for (var i = 0; i < of.Length; i++)
            if ((of[i] & ~set[i]) != 0)
                return false;
        return true;
    }

    Span<ulong> Set(int entry) => _sets.AsSpan(entry * _words, _words);

    void Append(uint hash, int atReturn, int state, ReadOnlySpan<ulong> set)
    {
        if (_stored == _entries.Length)
            Grow();
        ref var head = ref _heads[hash & (uint)(_heads.Length - 1)];
        _entries[_stored] = new() { Return = atReturn, State = state, Hash = hash, Next = head };
        set.CopyTo(Set(_stored));
        head = _stored++;
    }

    void Grow()
    {
        Array.Resize(ref _entries, _stored * 2);
        Array.Resize(ref _sets, _stored * 2 * _words);
        _heads = NewHeads(_stored * 4);
        for (var at = 0; at < _stored; at++)
        {
            ref var head = ref _heads[_entries[at].Hash & (uint)(_heads.Length - 1)];
            _entries[at].Next = head;
            head = at;
        }
    }

    uint Hash(int atReturn, int state, ReadOnlySpan<ulong> set)
    {
        var hash = (((ulong)(uint)atReturn << 32) | (uint)state) * Golden;
        foreach (var word in set[..requiredWords])
        {
            hash = (hash ^ word) * Golden;
            hash ^= hash >> 32;
        }

        return (uint)(hash ^ (hash >> 29));
    }

    static int[] NewHeads(int length)
    {
        var heads = new int[length];
        Array.Fill(heads, -1);
        return heads;
    }

    [StructLayout(LayoutKind.Sequential)]
    struct Entry
    {
        public int Return;
        public int State;
        public uint Hash;
        public int Next;
    }
}
