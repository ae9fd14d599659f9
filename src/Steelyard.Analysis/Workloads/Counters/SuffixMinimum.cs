namespace Steelyard.Analysis.Workloads.Counters;

/// <summary>
/// The least value since some place, of values that come one after another: each takes O(1) on average, each
/// question O(log n). Only values less than all that follow them can ever be an answer, so only these are
/// kept.
/// </summary>
internal sealed class SuffixMinimum
{
    readonly List<int> _places = [];
    readonly List<long> _values = [];

    /// <summary>The value from a place on; places ascend.</summary>
    public void Set(int place, long value)
    {
        while (_values.Count > 0 && _values[^1] >= value)
        {
            _values.RemoveAt(_values.Count - 1);
            _places.RemoveAt(_places.Count - 1);
        }

        _places.Add(place);
        _values.Add(value);
    }

    /// <summary>The least value at or after a place at which one was set.</summary>
    public long Since(int place)
    {
        var at = _places.BinarySearch(place);
        return _values[at >= 0 ? at : ~at];
    }
}
