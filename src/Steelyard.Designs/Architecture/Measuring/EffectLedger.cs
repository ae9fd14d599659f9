using Steelyard.Analysis.Measurements;

namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>
/// What became of effects, and how old what was read was. The first durable commit of a write gives its key a
/// version; a read is as stale as the time since the version after the one it returned was committed, counted
/// up to when the read was due: what was committed while it was under way it need not have seen. Memory grows
/// by two bits a request and some commits a key.
/// </summary>
internal sealed class EffectLedger
{
    // What is older counts as this old: few reads return what has been written over so often.
    const int MostKept = 256;

    readonly Dictionary<int, KeyCommits> _keys = [];
    readonly Dictionary<(int Session, int Key), (long Version, long ToldNs)> _written = [];
    readonly Bits _acknowledged = new();
    readonly Bits _applied = new();
    readonly Bits _kept = new();

    /// <summary>Reads whose version was known.</summary>
    public long Reads { get; private set; }

    /// <summary>Of those, the ones that returned a version that had been written over.</summary>
    public long StaleReads { get; private set; }

    /// <summary>1 for each of them, and 0 for each other read, in their order.</summary>
    public ObservedSeries StaleOrNot { get; } = new();

    /// <summary>By how much, of all reads.</summary>
    public LatencyHistogram Staleness { get; } = new();

    /// <summary>By how much in ms, in the order of the reads.</summary>
    public ObservedSeries StalenessMs { get; } = new();

    /// <summary>Most versions a read was behind.</summary>
    public long MostVersionsBehind { get; private set; }

    /// <summary>Reads that did not show what their own session had written and been told of.</summary>
    public long OwnWritesMissed { get; private set; }

    /// <summary>Writes whose client was told that they happened.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Effects, doubled ones counted once.</summary>
    public long Applied { get; private set; }

    /// <summary>Effects that happened again.</summary>
    public long Doubled { get; private set; }

    /// <summary>Writes that were acknowledged and whose effect is not there.</summary>
    public long Lost { get; private set; }

    /// <summary>Acknowledged writes that a queue still keeps at the end.</summary>
    public long StillKept { get; private set; }

    /// <summary>True once anything was committed.</summary>
    public bool HasEffects => Applied > 0 || Acknowledged > 0;

    /// <summary>A write takes effect.</summary>
    /// <returns>The version of its key that it made.</returns>
    public long Commit(long request, int key, long nowNs)
    {
        if (_applied.Has(request))
            Doubled++;
        else
            Applied++;
        _applied.Set(request, true);
        if (!_keys.TryGetValue(key, out var commits))
            _keys.Add(key, commits = new());
        return commits.Add(nowNs);
    }

    /// <summary>An effect that is there happens again.</summary>
    public void DoAgain() => Doubled++;

    /// <summary>An effect is undone without anybody being told: whoever kept it is gone.</summary>
    public void Forget(long request)
    {
        if (!_applied.Has(request))
            return;
        _applied.Set(request, false);
        Applied--;
    }

    /// <summary>A client is told that its write happened.</summary>
    /// <param name="request">Which.</param>
    /// <param name="session">Whose; below 0 is nobody's.</param>
    /// <param name="key">What it wrote.</param>
    /// <param name="version">The version it made; 0 where it was not told.</param>
    /// <param name="nowNs">Now.</param>
    public void Acknowledge(long request, int session, int key, long version, long nowNs)
    {
        Acknowledged++;
        _acknowledged.Set(request, true);
        if (session >= 0 && version > _written.GetValueOrDefault((session, key)).Version)
            _written[(session, key)] = (version, nowNs);
    }

    /// <summary>A client reads a version.</summary>
    /// <param name="session">Whose read.</param>
    /// <param name="key">Of what.</param>
    /// <param name="version">What it was given; 0 is what was there at the start.</param>
    /// <param name="dueNs">When it was due.</param>
    public void Read(int session, int key, long version, long dueNs)
    {
        Reads++;
        var (staleNs, behind) =
            _keys.TryGetValue(key, out var commits) ? commits.Behind(version, dueNs) : default;
        Staleness.Record(staleNs);
        StalenessMs.Add(staleNs / 1e6);
        StaleOrNot.Add(behind > 0 ? 1 : 0);
        StaleReads += behind > 0 ? 1 : 0;
        MostVersionsBehind = Math.Max(MostVersionsBehind, behind);
        // What its session was told only meanwhile, the read need not have seen.
        if (session >= 0 && _written.TryGetValue((session, key), out var own) && own.ToldNs <= dueNs
            && version < own.Version)
            OwnWritesMissed++;
    }

    /// <summary>A queue keeps an effect for later, or no more.</summary>
    public void Keep(long request, bool isKept) => _kept.Set(request, isKept);

    /// <summary>Counts what is lost, at the end of a run; what a queue still keeps is not.</summary>
    public void Close()
    {
        Lost = _acknowledged.CountWithout(_applied, _kept);
        StillKept = _acknowledged.CountWithout(_applied) - Lost;
    }

    /// <summary>When the versions of a key were committed, the latest ones.</summary>
    sealed class KeyCommits
    {
        readonly List<long> _times = [];
        long _dropped;

        public long Add(long nowNs)
        {
            if (_times.Count == 2 * MostKept)
            {
                _times.RemoveRange(0, MostKept);
                _dropped += MostKept;
            }

            _times.Add(nowNs);
            return _dropped + _times.Count;
        }

        public (long Ns, long Versions) Behind(long version, long dueNs)
        {
            if (version >= _dropped + _times.Count)
                return (0, 0);
            var next = (int)Math.Max(0, version - _dropped);
            if (_times[next] > dueNs)
                return (0, 0);
            var last = next;
            while (last + 1 < _times.Count && _times[last + 1] <= dueNs)
                last++;
            return (dueNs - _times[next], _dropped + last + 1 - version);
        }
    }

    /// <summary>A bit for each request.</summary>
    sealed class Bits
    {
        ulong[] _words = new ulong[64];

        public bool Has(long at) =>
            (at >> 6) < _words.Length && (_words[at >> 6] & (1UL << (int)(at & 63))) != 0;

        public void Set(long at, bool value)
        {
            while ((at >> 6) >= _words.Length)
                Array.Resize(ref _words, _words.Length * 2);
            if (value)
                _words[at >> 6] |= 1UL << (int)(at & 63);
            else
                _words[at >> 6] &= ~(1UL << (int)(at & 63));
        }

        public long CountWithout(params ReadOnlySpan<Bits> others)
        {
            var count = 0L;
            for (var at = 0; at < _words.Length; at++)
            {
                var left = _words[at];
                foreach (var other in others)
                    left &= ~(at < other._words.Length ? other._words[at] : 0);
                count += System.Numerics.BitOperations.PopCount(left);
            }

            return count;
        }
    }
}
