namespace Steelyard.Analysis.Policies.Scaling;

/// <summary>The mean of what was seen within a time.</summary>
internal sealed class TimedMean(TimeSpan window)
{
    readonly Queue<(TimeSpan At, double Value)> _seen = new();

    /// <summary>Adds what is seen now, and tells the mean of the window that ends now.</summary>
    public double Add(TimeSpan now, double value)
    {
        _seen.Enqueue((now, value));
        while (_seen.Peek().At <= now - window)
            _seen.Dequeue();
        var sum = 0.0;
        foreach (var (_, one) in _seen)
            sum += one;
        return sum / _seen.Count;
    }
}
