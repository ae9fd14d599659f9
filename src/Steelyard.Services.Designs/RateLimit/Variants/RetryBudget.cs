namespace Steelyard.Services.Designs.RateLimit.Variants;

/// <summary>
/// How often a client may try again: a tenth of its requests, and a few more now and then (the retry budget
/// of Finagle; Beyer et al., Site Reliability Engineering, chapter 21, "Deciding to Retry"). While all goes
/// well it is never felt; when nothing does, retries stop.
/// </summary>
internal sealed class RetryBudget
{
    const double ForEachRequest = 0.1;
    const double Most = 2;

    double _retries = Most;

    /// <summary>A request is made for the first time.</summary>
    public void Deposit() => _retries = Math.Min(Most, _retries + ForEachRequest);

    /// <summary>Takes a retry from it.</summary>
    /// <returns>False where none is left.</returns>
    public bool Withdraw()
    {
        if (_retries < 1)
            return false;
        _retries--;
        return true;
    }
}
