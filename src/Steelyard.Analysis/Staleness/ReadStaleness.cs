using Steelyard.Analysis.Linearizability.Registers;
using Steelyard.Histories;

namespace Steelyard.Analysis.Staleness;

/// <summary>How stale one read was at least.</summary>
/// <param name="Read">The read's index.</param>
/// <param name="StalenessNs">For how long a newer version had been complete when the read began, in ns; 0
/// when none was.</param>
/// <param name="Versions">How many newer versions had been completed when the read began.</param>
/// <param name="NewerWrite">The newer version that was completed first, by index; -1 when there was
/// none.</param>
public readonly record struct StaleRead(int Read, long StalenessNs, int Versions, int NewerWrite);

/// <summary>
/// The staleness of every read of a plain value, as a lower bound that needs no known order of versions: the
/// read's start minus the earliest completion of a write that began after the returned write had completed,
/// never below zero (after Golab, Li &amp; Shah 2011, section 3, from real time only).
/// </summary>
public static class ReadStaleness
{
    /// <summary>
    /// One answer per completed read, by invocation. Left out are reads of keys with appends and reads of
    /// values that nobody wrote. Where several writes or siblings could be what was read, the freshest
    /// counts.
    /// </summary>
    public static IReadOnlyList<StaleRead> Of(History history)
    {
        var all = new List<StaleRead>();
        foreach (var key in KeyVersions.Of(history))
            new KeyStaleness(history, key).AddTo(all);
        all.Sort(static (a, b) => a.Read.CompareTo(b.Read));
        return all;
    }

    // The completed writes of a key, by invocation, and what each read must know of those after a given
    // version.
    sealed class KeyStaleness
    {
        readonly History _history;
        readonly KeyVersions _key;
        readonly int[] _writes;
        readonly int[] _firstCompletedFrom;
        readonly int[] _byCompletion;
        readonly CountsByPlace _completed;
        int _completedCount;

        public KeyStaleness(History history, KeyVersions key)
        {
            _history = history;
            _key = key;
            _writes = [.. key.Writes.Where(w => history[w].Outcome == Outcome.Ok)];
            _firstCompletedFrom = new int[_writes.Length + 1];
            _firstCompletedFrom[^1] = -1;
            for (var i = _writes.Length - 1; i >= 0; i--)
            {
                var later = _firstCompletedFrom[i + 1];
                var isFirst = later < 0 || history[_writes[i]].CompletedAt < history[later].CompletedAt;
                _firstCompletedFrom[i] = isFirst ? _writes[i] : later;
            }

            _byCompletion =
                [.. Enumerable.Range(0, _writes.Length).OrderBy(i => history[_writes[i]].CompletedAt)];
            _completed = new(_writes.Length);
        }

        public void AddTo(List<StaleRead> all)
        {
            foreach (var index in _key.Reads)
            {
                var read = _history[index];
                for (; _completedCount < _writes.Length; _completedCount++)
                {
                    var place = _byCompletion[_completedCount];
                    if (_history[_writes[place]].CompletedAt > read.InvokedAt)
                        break;
                    _completed.Add(place);
                }

                if (Freshest(read) is { } stale)
                    all.Add(stale);
            }
        }

        StaleRead? Freshest(Operation read)
        {
            StaleRead? freshest = null;
            foreach (var value in KeyVersions.ValuesOf(read))
            {
                // The later a version ended, the fewer writes began after it, and the later these ended.
                if (_key.FreshestOf(value, read) is not { } version)
                    continue;
                var stale = Of(read, version);
                if (freshest is null || (stale.StalenessNs, stale.Versions).CompareTo(
                    (freshest.Value.StalenessNs, freshest.Value.Versions)) < 0)
                    freshest = stale;
            }

            return freshest;
        }

        StaleRead Of(Operation read, int version)
        {
            var place = FirstBegunAfter(version);
            var newer = _firstCompletedFrom[place];
            if (newer < 0 || _history[newer].CompletedAt > read.InvokedAt)
                return new(read.Index, 0, 0, -1);
            var staleness = Math.Max(0, read.InvokedNs - _history[newer].CompletedNs);
            return new(read.Index, staleness, _completed.From(place), newer);
        }

        // The place of the first completed write that began after a version had been completed.
        int FirstBegunAfter(int version)
        {
            if (version == KeyVersions.InitialVersion)
                return 0;
            if (_history[version].Outcome != Outcome.Ok)
                return _writes.Length;
            var (low, high) = (0, _writes.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (_history[_writes[middle]].InvokedAt > _history[version].CompletedAt)
                    high = middle;
                else
                    low = middle + 1;
            }

            return low;
        }
    }

    // How many marks stand at a place or after it (a binary indexed tree, Fenwick 1994).
    sealed class CountsByPlace(int places)
    {
        readonly int[] _sums = new int[places + 1];
        int _total;

        public void Add(int place)
        {
            _total++;
            for (var i = place + 1; i < _sums.Length; i += i & -i)
                _sums[i]++;
        }

        public int From(int place)
        {
            var before = 0;
            for (var i = place; i > 0; i -= i & -i)
                before += _sums[i];
            return _total - before;
        }
    }
}
