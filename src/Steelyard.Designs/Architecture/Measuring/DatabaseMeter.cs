namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>What is counted of an instance of a database besides its workers, while requests are due:
/// whatever only one can have at a time.</summary>
internal sealed class DatabaseMeter(RunClock clock, long untilNs)
{
    /// <summary>Syncs of the log, each by the share of the writes that it could have committed.</summary>
    public BusyTime Log { get; } = new(clock, untilNs, PartFigures.Stretches);

    /// <summary>Locks of rows.</summary>
    public RowMeter Rows { get; } = new(clock, untilNs);

    /// <summary>How long workers waited for the disk, in ns, all of them together.</summary>
    public double WaitedForDiskNs { get; private set; }

    /// <summary>How long workers waited for their commit to be synced.</summary>
    public double WaitedForLogNs { get; private set; }

    /// <summary>How long workers waited for replicas to have their commit.</summary>
    public double WaitedForReplicasNs { get; private set; }

    public void WaitedForDisk(long ns) => WaitedForDiskNs += ns;

    public void WaitedForLog(long ns) => WaitedForLogNs += ns;

    public void WaitedForReplicas(long ns) => WaitedForReplicasNs += ns;
}

/// <summary>How long the lock of each row was held.</summary>
internal sealed class RowMeter(RunClock clock, long untilNs)
{
    readonly Dictionary<int, BusyTime> _held = [];
    readonly Dictionary<int, long> _since = [];

    /// <summary>The row whose lock was held longest, and for how many ns; null where none was.</summary>
    public (int Key, double HeldNs)? Hottest
    {
        get
        {
            (int Key, double HeldNs)? most = null;
            // Of equals the first key, so that the order of a hash table decides nothing.
            foreach (var (key, held) in _held)
                if (most is not { } so || held.Ns > so.HeldNs || (held.Ns == so.HeldNs && key < so.Key))
                    most = (key, held.Ns);
            return most;
        }
    }

    /// <summary>How long workers waited for locks, in ns, all of them together.</summary>
    public double WaitedNs { get; private set; }

    /// <summary>Now, in ns of the run.</summary>
    public long NowNs => clock.NowNs;

    /// <summary>A worker has the lock that it waited for.</summary>
    public void Waited(long sinceNs) => WaitedNs += clock.NowNs - sinceNs;

    /// <summary>A life begins: no lock is held.</summary>
    public void Begin() => Close();

    /// <summary>A lock is taken by the first writer of several that follow each other.</summary>
    public void Taken(int key) => _since[key] = clock.NowNs;

    /// <summary>Nobody wants it any more.</summary>
    public void Freed(int key)
    {
        if (!_held.TryGetValue(key, out var held))
            _held.Add(key, held = new(clock, untilNs));
        held.Was(_since[key]);
        _since.Remove(key);
    }

    /// <summary>Counts what is still held up to now.</summary>
    public void Close()
    {
        foreach (var key in _since.Keys.ToList())
            Freed(key);
    }
}
