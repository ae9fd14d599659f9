namespace Steelyard.Designs.Architecture.Running;

/// <summary>What an instance of a database has on its disk.</summary>
internal sealed class DatabaseState
{
    // Commits that every replica has are only kept until they are this many.
    const int MostLogged = 1 << 16;

    readonly Dictionary<int, long> _versions = [];
    readonly HashSet<long> _seen = [];
    readonly Queue<Commit> _log = new();

    // Slots that have moved from here, with the instance that took them.
    readonly SortedDictionary<int, int> _gone = [];

    /// <summary>How often leadership has changed, as far as it knows.</summary>
    public int Epoch { get; set; }

    /// <summary>How many commits it has.</summary>
    public long Sequence { get; private set; }

    /// <summary>The version of a key; 0 is what was there at the start.</summary>
    public long VersionOf(int key) => _versions.GetValueOrDefault(key);

    /// <summary>Whether a write was committed before.</summary>
    public bool HasSeen(long request) => _seen.Contains(request);

    /// <summary>Slots that have moved from here, with the instance that took them.</summary>
    public IReadOnlyDictionary<int, int> Gone => _gone;

    /// <summary>The last commits of keys, in the order of keys.</summary>
    public IReadOnlyList<Commit> RowsOf(Func<int, bool> isAsked) =>
    [
        .. _versions.Where(row => isAsked(row.Key)).OrderBy(row => row.Key)
            .Select(row => new Commit(0, row.Key, row.Value, Commit.Nobody)),
    ];

    /// <summary>The writes that it knows, in order.</summary>
    public IReadOnlyList<long> Seen => [.. _seen.Order()];

    /// <summary>Knows writes that were committed elsewhere.</summary>
    public void Know(IReadOnlyList<long> requests) => _seen.UnionWith(requests);

    /// <summary>Has keys no more.</summary>
    public void Drop(Func<int, bool> isDropped)
    {
        foreach (var key in _versions.Keys.Where(isDropped).ToList())
            _versions.Remove(key);
    }

    /// <summary>Commits a write.</summary>
    /// <param name="commit">What, with its place in the order of commits.</param>
    /// <param name="remembers">Whether a copy of it is to be recognised.</param>
    public void Apply(in Commit commit, bool remembers)
    {
        Sequence = commit.Sequence;
        if (commit.Slot is { } slot)
            _gone[slot] = (int)commit.Version;
        else
            _versions[commit.Key] = commit.Version;
        if (remembers && commit.Request != Commit.Nobody)
            _seen.Add(commit.Request);
        _log.Enqueue(commit);
        if (_log.Count > MostLogged)
            _log.Dequeue();
    }

    /// <summary>Gives up what the one that leads now does not have, and takes over what it has.</summary>
    /// <returns>The writes that are given up.</returns>
    public IReadOnlyList<long> Follow(long sequence, int epoch)
    {
        Epoch = epoch;
        List<long> lost = [.. _log.Where(commit =>
            commit.Sequence > sequence && commit.Request != Commit.Nobody).Select(commit => commit.Request)];
        foreach (var request in lost)
            _seen.Remove(request);
        return lost;
    }

    /// <summary>Has all that another one has.</summary>
    public void CopyFrom(DatabaseState other)
    {
        _versions.Clear();
        foreach (var (key, version) in other._versions)
            _versions.Add(key, version);
        _seen.Clear();
        _seen.UnionWith(other._seen);
        _log.Clear();
        foreach (var commit in other._log)
            _log.Enqueue(commit);
        _gone.Clear();
        foreach (var (slot, instance) in other._gone)
            _gone.Add(slot, instance);
        (Sequence, Epoch) = (other.Sequence, other.Epoch);
    }
}

/// <summary>A commit.</summary>
/// <param name="Sequence">Its place in the order of commits of its shard.</param>
/// <param name="Key">What was written.</param>
/// <param name="Version">The version it made.</param>
/// <param name="Request">Whose write it was.</param>
internal readonly record struct Commit(long Sequence, int Key, long Version, long Request)
{
    /// <summary>The request of a commit that is no write of anybody's.</summary>
    public const long Nobody = -1;

    /// <summary>The slot that has gone to the instance that its version tells; null where a key was
    /// written.</summary>
    public int? Slot => Key < 0 ? ~Key : null;

    /// <summary>A slot has gone to an instance.</summary>
    public static Commit OfGone(long sequence, int slot, int instance) =>
        new(sequence, ~slot, instance, Nobody);
}
