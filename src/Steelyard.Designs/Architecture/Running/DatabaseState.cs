namespace Steelyard.Designs.Architecture.Running;

/// <summary>What an instance of a database has on its disk.</summary>
internal sealed class DatabaseState
{
    // Commits that every replica has are only kept until they are this many.
    const int MostLogged = 1 << 16;

    readonly Dictionary<int, long> _versions = [];
    readonly HashSet<long> _seen = [];
    readonly Queue<Commit> _log = new();

    /// <summary>How often leadership has changed, as far as it knows.</summary>
    public int Epoch { get; set; }

    /// <summary>How many commits it has.</summary>
    public long Sequence { get; private set; }

    /// <summary>The version of a key; 0 is what was there at the start.</summary>
    public long VersionOf(int key) => _versions.GetValueOrDefault(key);

    /// <summary>Whether a write was committed before.</summary>
    public bool HasSeen(long request) => _seen.Contains(request);

    /// <summary>Commits a write.</summary>
    /// <param name="commit">What, with its place in the order of commits.</param>
    /// <param name="remembers">Whether a copy of it is to be recognised.</param>
    public void Apply(in Commit commit, bool remembers)
    {
        Sequence = commit.Sequence;
        _versions[commit.Key] = commit.Version;
        if (remembers)
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
        List<long> lost = [.. _log.Where(commit => commit.Sequence > sequence).Select(commit =>
            commit.Request)];
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
        (Sequence, Epoch) = (other.Sequence, other.Epoch);
    }
}

/// <summary>A commit.</summary>
/// <param name="Sequence">Its place in the order of commits of its shard.</param>
/// <param name="Key">What was written.</param>
/// <param name="Version">The version it made.</param>
/// <param name="Request">Whose write it was.</param>
internal readonly record struct Commit(long Sequence, int Key, long Version, long Request);
