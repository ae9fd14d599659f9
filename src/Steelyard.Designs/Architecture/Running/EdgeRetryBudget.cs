namespace Steelyard.Designs.Architecture.Running;

/// <summary>
/// Retries in proportion to calls: each call earns a share of a retry, up to some in advance (Google, "Site
/// Reliability Engineering", chapter 21; Finagle's RetryBudget).
/// </summary>
internal sealed class EdgeRetryBudget(double share)
{
    const double Most = 10;

    double _saved = Most;

    public void Called() => _saved = Math.Min(Most, _saved + share);

    public bool TryRetry()
    {
        if (_saved < 1)
            return false;
        _saved--;
        return true;
    }
}

/// <summary>
/// Stops calling after too many failures among the last calls, and lets one call through after a while to see
/// whether it would be answered (Nygard, "Release It!", 2007).
/// </summary>
internal sealed class CircuitBreaker(Edge edge)
{
    readonly Queue<bool> _last = new();
    int _failures;
    long _opensAgainNs = long.MinValue;
    bool _isTrying;

    bool IsOpen => _opensAgainNs != long.MinValue;

    /// <summary>Whether it lets a call through.</summary>
    public bool Lets(long nowNs)
    {
        if (!IsOpen)
            return true;
        if (nowNs < _opensAgainNs || _isTrying)
            return false;
        _isTrying = true;
        return true;
    }

    /// <summary>Learns how an attempt ended; false when it opens for that.</summary>
    public bool Heard(bool isGood, long nowNs)
    {
        if (IsOpen)
        {
            if (!_isTrying)
                return true;
            _isTrying = false;
            if (isGood)
                Close();
            else
                Open(nowNs);
            return true;
        }

        _last.Enqueue(isGood);
        _failures += isGood ? 0 : 1;
        if (_last.Count > edge.BreakerWindow && !_last.Dequeue())
            _failures--;
        if (_last.Count < edge.BreakerWindow || _failures < edge.Breaker * _last.Count || _failures == 0)
            return true;
        Open(nowNs);
        return false;
    }

    void Open(long nowNs) => _opensAgainNs = nowNs + (edge.BreakerOpen.Ticks * 100);

    void Close()
    {
        _opensAgainNs = long.MinValue;
        _last.Clear();
        _failures = 0;
    }
}
