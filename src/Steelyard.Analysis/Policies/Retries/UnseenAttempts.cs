namespace Steelyard.Analysis.Policies.Retries;

/// <summary>Attempts of a call that nobody saw: those that never left the client are made again as often as
/// that happens, those that the server's library dropped once (gRPC proposal A6, section "transparent
/// retries").</summary>
internal sealed class UnseenAttempts
{
    bool _wasDropped;

    /// <summary>Whether another attempt is made in place of one, that counts for nothing.</summary>
    public bool IsTriedAtOnce(AttemptReach reach)
    {
        if (reach != AttemptReach.NeverSeen)
            return reach == AttemptReach.NeverSent;
        var isFirst = !_wasDropped;
        _wasDropped = true;
        return isFirst;
    }
}
