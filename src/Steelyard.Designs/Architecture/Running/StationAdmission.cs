namespace Steelyard.Designs.Architecture.Running;

/// <summary>Who may come in: a rate limit (a token bucket), a line with an end, and load shedding.</summary>
internal sealed class StationAdmission(StationPart part)
{
    const double NsPerSecond = 1e9;

    double _tokens = part.Burst;
    long _countedNs = long.MinValue;

    /// <summary>Why a request may not come in; <see cref="CallStatus.Ok"/> is that it may.</summary>
    /// <param name="nowNs">Now.</param>
    /// <param name="waiting">How many wait.</param>
    /// <param name="busy">How many workers are busy.</param>
    public CallStatus Refusal(long nowNs, int waiting, int busy)
    {
        if (part.RateLimit is { } rate && !TakeToken(nowNs, rate))
            return CallStatus.Limited;
        if (part.Workers is not { } workers || busy < workers)
            return CallStatus.Ok;
        if (waiting >= part.Queue)
            return CallStatus.Full;
        return part.Shed is { } most && (waiting + 1.0) / workers * part.Time.Mean > most
            ? CallStatus.Shed : CallStatus.Ok;
    }

    bool TakeToken(long nowNs, double rate)
    {
        if (_countedNs != long.MinValue)
            _tokens = Math.Min(part.Burst, _tokens + ((nowNs - _countedNs) / NsPerSecond * rate));
        _countedNs = nowNs;
        if (_tokens < 1)
            return false;
        _tokens--;
        return true;
    }
}
