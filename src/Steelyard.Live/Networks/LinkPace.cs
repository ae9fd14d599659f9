using System.Diagnostics;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Networks;

/// <summary>How late one direction of a link is. Delays and jitters add up, of several bandwidths the
/// smallest counts; what comes keeps its order.</summary>
internal sealed class LinkPace
{
    readonly Lock _lock = new();
    readonly Random _random = new();
    readonly List<(LinkTrouble Trouble, EffectMark Effect)> _troubles = [];
    long _busyUntil;
    long _lastDue;

    /// <summary>Makes whatever comes from now on late.</summary>
    public void Worsen(LinkTrouble trouble, EffectMark effect)
    {
        lock (_lock)
            _troubles.Add((trouble, effect));
    }

    /// <summary>Ends what was begun with this mark.</summary>
    public void Better(EffectMark effect)
    {
        lock (_lock)
        {
            _troubles.RemoveAll(one => one.Effect == effect);
            _busyUntil = _lastDue = 0;
        }
    }

    /// <summary>Whether there is nothing that makes it late.</summary>
    public bool IsUsual
    {
        get
        {
            lock (_lock)
                return _troubles.Count == 0;
        }
    }

    /// <summary>Whether bytes queue for it.</summary>
    public bool IsNarrow
    {
        get
        {
            lock (_lock)
                return _troubles.Any(one => one.Trouble.BandwidthBytesPerSecond is not null);
        }
    }

    /// <summary>When bytes that come now are due at the other end, in ticks of the stopwatch.</summary>
    /// <param name="bytes">How many.</param>
    public long DueAt(int bytes)
    {
        var now = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            if (_troubles.Count == 0)
                return now;
            var due = now;
            if (_troubles.Min(one => one.Trouble.BandwidthBytesPerSecond) is { } bandwidth)
                due = _busyUntil = Math.Max(now, _busyUntil) + (bytes * Stopwatch.Frequency / bandwidth);
            foreach (var (trouble, effect) in _troubles)
            {
                effect.Set();
                due += Ticks(trouble.Delay) + Ticks(trouble.Jitter * _random.NextDouble());
            }

            return _lastDue = Math.Max(_lastDue, due);
        }
    }

    static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
