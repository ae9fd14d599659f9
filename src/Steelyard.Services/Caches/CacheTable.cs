namespace Steelyard.Services.Caches;

/// <summary>The entries of a cache in the order of their use: what was used least recently goes when there is
/// no room.</summary>
internal sealed class CacheTable(long limitBytes)
{
    readonly Dictionary<string, LinkedListNode<CacheEntry>> _byKey = new(StringComparer.Ordinal);
    readonly LinkedList<CacheEntry> _byUse = new();

    /// <summary>What the entries count against the limit.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>The entries, the one used least recently first.</summary>
    public IEnumerable<CacheEntry> Entries => _byUse;

    /// <summary>Uses an entry.</summary>
    /// <returns>The entry as it is now; null where there is none, or none any more.</returns>
    public CacheEntry? Use(string key, DateTimeOffset now)
    {
        if (!_byKey.TryGetValue(key, out var node))
            return null;
        if (node.Value.IsExpired(now))
        {
            Remove(key);
            return null;
        }

        node.Value = node.Value with { UsedAt = now };
        _byUse.Remove(node);
        _byUse.AddLast(node);
        return node.Value;
    }

    /// <summary>Puts an entry in the place of what was there; one that is larger than the limit is not
    /// kept.</summary>
    public void Set(CacheEntry entry)
    {
        Remove(entry.Key);
        _byKey.Add(entry.Key, _byUse.AddLast(entry));
        SizeBytes += entry.SizeBytes;
        while (SizeBytes > limitBytes)
            Remove(_byUse.First!.Value.Key);
    }

    /// <summary>Removes an entry; none is no error.</summary>
    public void Remove(string key)
    {
        if (!_byKey.Remove(key, out var node))
            return;
        _byUse.Remove(node);
        SizeBytes -= node.Value.SizeBytes;
    }

    /// <summary>Removes all.</summary>
    public void Clear()
    {
        _byKey.Clear();
        _byUse.Clear();
        SizeBytes = 0;
    }
}
