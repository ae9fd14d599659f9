namespace Steelyard.Analysis.Policies.Scaling.Services;

/// <summary>What is measured of a service step by step, and its means over any time.</summary>
internal sealed class Measured
{
    readonly List<double> _utilisation = [0];
    readonly List<double> _concurrency = [0];
    readonly List<double> _requests = [0];
    readonly List<double> _queue = [0];
    readonly List<int> _ready = [0];

    public int Steps => _queue.Count - 1;

    public void Add(int ready, double utilisation, double concurrency, double requests, double queue)
    {
        _ready.Add(ready);
        _utilisation.Add(_utilisation[^1] + utilisation);
        _concurrency.Add(_concurrency[^1] + concurrency);
        _requests.Add(_requests[^1] + requests);
        _queue.Add(queue);
    }

    /// <summary>What a policy sees of the steps up to one.</summary>
    /// <param name="now">When it looks.</param>
    /// <param name="instances">What there is then.</param>
    /// <param name="end">Up to this step; before the first one the first is seen.</param>
    /// <param name="length">So many steps.</param>
    public ScalingObservation Seen(TimeSpan now, Instances instances, int end, int length)
    {
        var to = Math.Clamp(end, 1, Steps);
        var from = Math.Max(0, to - length);
        return new(
            now, instances.Replicas, instances.Ready, Mean(_utilisation, from, to),
            Mean(_concurrency, from, to), Mean(_requests, from, to), _queue[to], _ready[from + 1]);
    }

    static double Mean(List<double> sums, int from, int to) =>
        to > from ? (sums[to] - sums[from]) / (to - from) : 0;
}
