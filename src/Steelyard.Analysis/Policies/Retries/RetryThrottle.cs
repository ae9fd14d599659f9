namespace Steelyard.Analysis.Policies.Retries;

/// <summary>Tokens that failures take and successes bring: with half of them or fewer nothing is retried
/// (gRPC proposal A6, section "throttling retry attempts and hedged RPCs").</summary>
public sealed class RetryThrottle
{
    const int Thousandths = 1000;

    // Whole numbers, so that a thousand tenths are a hundred.
    readonly long _most;
    readonly long _ratio;
    long _tokens;

    /// <summary>Full of tokens.</summary>
    /// <param name="maxTokens">1 to 1,000.</param>
    /// <param name="tokenRatio">What a success brings, above 0; three decimals of it count.</param>
    public RetryThrottle(int maxTokens, double tokenRatio)
    {
        _most = (long)maxTokens * Thousandths;
        _ratio = (long)((tokenRatio * Thousandths) + 1e-9);
        _tokens = _most;
    }

    /// <summary>How many there are.</summary>
    public double Tokens => (double)_tokens / Thousandths;

    /// <summary>What a success brings.</summary>
    public double TokenRatio => (double)_ratio / Thousandths;

    /// <summary>True while retries and hedges may be sent.</summary>
    public bool Allows => _tokens > _most / 2;

    /// <summary>An attempt failed with a status that would be retried, or the server forbade to try
    /// again.</summary>
    /// <returns>Whether a retry may be sent.</returns>
    public bool Failed()
    {
        _tokens = Math.Max(0, _tokens - Thousandths);
        return Allows;
    }

    /// <summary>An attempt succeeded.</summary>
    public void Succeeded() => _tokens = Math.Min(_most, _tokens + _ratio);

    /// <summary>An attempt ended, whatever way.</summary>
    /// <param name="outcome">How.</param>
    /// <param name="triedAgain">The statuses that are retried, or hedged on.</param>
    /// <returns>Whether that counts: a success does, a failure that would be retried, and where the server
    /// forbids to try again; what nobody saw does not.</returns>
    public bool Took(AttemptOutcome outcome, IReadOnlySet<GrpcStatus> triedAgain)
    {
        if (outcome.After is null || outcome.Reach != AttemptReach.Served)
            return false;
        if (outcome.Status == GrpcStatus.Ok)
            Succeeded();
        else if (triedAgain.Contains(outcome.Status) || outcome.Pushback.Forbids)
            Failed();
        else
            return false;
        return true;
    }
}
