namespace Steelyard.Analysis.Tests.Policies.Caching;

/// <summary>Policies as their definitions read, over one plain list from old to new: slow, and with nothing
/// to get wrong.</summary>
internal sealed class PlainCache(string policy, long capacity)
{
    readonly List<Entry> _held = [];
    Entry? _hand;
    long _now;

    public bool Request(int item, long size)
    {
        _now++;
        if (_held.Find(entry => entry.Item == item) is { } held)
        {
            (held.AskedAt, held.WasAsked) = (_now, true);
            held.Times++;
            return true;
        }

        if (size > capacity)
            return false;
        while (_held.Sum(entry => entry.Size) + size > capacity)
            Drop();
        _held.Add(new(item, size) { AskedAt = _now, Times = 1 });
        return false;
    }

    void Drop() => _held.Remove(policy switch
    {
        "fifo" => _held[0],
        "lru" => _held.MinBy(entry => entry.AskedAt)!,
        "lfu" => _held.MinBy(entry => (entry.Times, entry.AskedAt))!,
        "clock" => SecondChance(),
        "sieve" => AtTheHand(),
        _ => throw new InvalidOperationException($"no plain {policy}"),
    });

    Entry SecondChance()
    {
        while (_held[0].WasAsked)
        {
            var spared = _held[0];
            spared.WasAsked = false;
            _held.RemoveAt(0);
            _held.Add(spared);
        }

        return _held[0];
    }

    Entry AtTheHand()
    {
        var at = _hand is null ? 0 : _held.IndexOf(_hand);
        while (_held[at].WasAsked)
        {
            _held[at].WasAsked = false;
            at = (at + 1) % _held.Count;
        }

        // At the newest one it begins anew at the oldest, whoever comes in meanwhile.
        _hand = at + 1 < _held.Count ? _held[at + 1] : null;
        return _held[at];
    }

    /// <summary>How few requests of a recording miss at least, whatever is dropped: every choice is
    /// tried.</summary>
    public static int FewestMisses(ReadOnlySpan<int> requests, int capacity, IReadOnlyList<int> held)
    {
        while (requests.Length > 0 && held.Contains(requests[0]))
            requests = requests[1..];
        if (requests.Length == 0)
            return 0;
        if (held.Count < capacity)
            return 1 + FewestMisses(requests[1..], capacity, [.. held, requests[0]]);
        var fewest = int.MaxValue;
        foreach (var dropped in held)
            fewest = Math.Min(fewest, FewestMisses(
                requests[1..], capacity, [.. held.Where(one => one != dropped), requests[0]]));
        return 1 + fewest;
    }

    sealed class Entry(int item, long size)
    {
        public int Item => item;

        public long Size => size;

        public long AskedAt { get; set; }

        public long Times { get; set; }

        public bool WasAsked { get; set; }
    }
}
