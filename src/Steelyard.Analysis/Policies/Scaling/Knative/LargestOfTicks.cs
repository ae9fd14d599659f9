namespace Steelyard.Analysis.Policies.Scaling.Knative;

/// <summary>The largest count of the last ticks (knative/serving, pkg/autoscaler/aggregation/max): counts
/// that fell ever since.</summary>
internal sealed class LargestOfTicks(TimeSpan window, TimeSpan tick)
{
    readonly long _ticks = (long)Math.Ceiling(window / tick);
    readonly List<(long Tick, int Count)> _falling = [];

    /// <summary>Adds a count, and tells the largest of the window.</summary>
    public int Record(TimeSpan now, int count)
    {
        var at = (long)Math.Floor(now.TotalSeconds) / (long)tick.TotalSeconds;
        while (_falling.Count > 0 && count >= _falling[^1].Count)
            _falling.RemoveAt(_falling.Count - 1);
        while (_falling.Count > 0 && at - _falling[0].Tick >= _ticks)
            _falling.RemoveAt(0);
        // Of several in one tick the largest counts.
        if (_falling.Count > 0 && _falling[^1].Tick == at)
        {
            count = Math.Max(count, _falling[^1].Count);
            _falling.RemoveAt(_falling.Count - 1);
        }

        _falling.Add((at, count));
        return _falling[0].Count;
    }
}
