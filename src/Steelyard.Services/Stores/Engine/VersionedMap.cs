namespace Steelyard.Services.Stores.Engine;

/// <summary>Keys in order, each with the versions of its value: every commit has a number, and a reader sees
/// the newest version up to a number of its choice.</summary>
internal sealed class VersionedMap
{
    readonly SortedSet<string> _keys = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<Version>> _versions = new(StringComparer.Ordinal);

    // A version without a value says that the key was deleted.
    readonly record struct Version(long Number, string? Value);

    /// <summary>The value at a number; null where there is none.</summary>
    public string? At(string key, long number)
    {
        if (_versions.TryGetValue(key, out var versions))
            for (var i = versions.Count - 1; i >= 0; i--)
                if (versions[i].Number <= number)
                    return versions[i].Value;
        return null;
    }

    /// <summary>The number of the newest version; 0 where there is none.</summary>
    public long Newest(string key) => _versions.TryGetValue(key, out var versions) ? versions[^1].Number : 0;

    /// <summary>What a range holds at a number, in order of the keys.</summary>
    public IEnumerable<KeyValuePair<string, string>> Scan(KeyRange range, long number)
    {
        foreach (var key in KeysIn(range))
            if (At(key, number) is { } value)
                yield return new(key, value);
    }

    /// <summary>The least number above another at which something in a range changed; null when nothing
    /// did.</summary>
    public long? FirstChange(KeyRange range, long after)
    {
        long? first = null;
        foreach (var key in KeysIn(range))
            foreach (var version in _versions[key])
                if (version.Number > after && !(first <= version.Number))
                    first = version.Number;
        return first;
    }

    /// <summary>Adds a version, newer than any.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; null deletes.</param>
    /// <param name="number">The number of its commit.</param>
    public void Add(string key, string? value, long number)
    {
        if (!_versions.TryGetValue(key, out var versions))
        {
            _versions.Add(key, versions = []);
            _keys.Add(key);
        }

        versions.Add(new(number, value));
    }

    /// <summary>Takes everything back that is newer than a number.</summary>
    public void Rewind(long number)
    {
        foreach (var key in _keys.ToList())
        {
            _versions[key].RemoveAll(version => version.Number > number);
            RemoveIfEmpty(key);
        }
    }

    /// <summary>Forgets what nobody reads who reads at a number or later.</summary>
    public void Forget(long number)
    {
        foreach (var key in _keys.ToList())
        {
            var versions = _versions[key];
            var seen = versions.FindLastIndex(version => version.Number <= number);
            // The newest of them is read still, unless it only says that there is nothing.
            if (seen >= 0)
                versions.RemoveRange(0, versions[seen].Value is null ? seen + 1 : seen);
            RemoveIfEmpty(key);
        }
    }

    IEnumerable<string> KeysIn(KeyRange range)
    {
        if (_keys.Count == 0 || string.CompareOrdinal(range.From, _keys.Max) > 0)
            return [];
        var last = range.Before is null || string.CompareOrdinal(range.Before, _keys.Max) > 0
            ? _keys.Max
            : range.Before;
        return string.CompareOrdinal(range.From, last) > 0
            ? []
            : _keys.GetViewBetween(range.From, last).Where(range.Contains);
    }

    void RemoveIfEmpty(string key)
    {
        if (_versions[key].Count > 0)
            return;
        _versions.Remove(key);
        _keys.Remove(key);
    }
}
