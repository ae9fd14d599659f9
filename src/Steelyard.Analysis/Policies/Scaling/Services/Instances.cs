namespace Steelyard.Analysis.Policies.Scaling.Services;

/// <summary>The instances of a service: those that serve, those that start, and those that wait
/// beside.</summary>
internal sealed class Instances(int ready, ScaledServiceOptions options)
{
    // When each is ready, the latest at the end; and of those beside, when each waits again.
    readonly List<double> _starting = [];
    readonly Queue<double> _refilling = new();
    int _beside = options.WarmPool;

    public int Ready { get; private set; } = ready;

    public int Replicas => Ready + _starting.Count;

    /// <summary>Lets those serve whose start is over.</summary>
    public void Advance(double now)
    {
        Ready += _starting.RemoveAll(at => at <= now);
        while (_refilling.TryPeek(out var at) && at <= now)
        {
            _refilling.Dequeue();
            _beside++;
        }
    }

    /// <summary>Asks for so many. Those that start go first when there are too many.</summary>
    public void Set(int replicas, double now)
    {
        while (Replicas > replicas)
            if (_starting.Count > 0)
                _starting.RemoveAt(_starting.Count - 1);
            else
                Ready--;
        var cold = now + options.Settings.StartUp.TotalSeconds;
        for (var more = replicas - Replicas; more > 0; more--)
        {
            if (_beside == 0)
            {
                _starting.Add(cold);
                continue;
            }

            // One from beside comes soon, and another one begins to take its place there.
            _beside--;
            _refilling.Enqueue(cold);
            _starting.Add(now + options.WarmStart.TotalSeconds);
        }

        _starting.Sort();
        Advance(now);
    }
}
