using Steelyard.Services.Designs.Payments.Api;

namespace Steelyard.Services.Designs.Payments.Variants;

/// <summary>
/// Tells a second request with a key that the first is still under way, as far as this host knows of it. The
/// knowledge dies with the host, and so nobody is told this for ever.
/// </summary>
internal sealed class OnceAtATime(IPaymentTaker inner) : IPaymentTaker
{
    readonly HashSet<(string Tenant, string Key)> _underWay = [];

    /// <inheritdoc/>
    public async Task<PaymentAnswer> Take(KeyedPayment request, CancellationToken cancellation)
    {
        var key = (request.Tenant, request.Key);
        lock (_underWay)
        {
            if (!_underWay.Add(key))
                return PaymentAnswer.InFlight;
        }

        try
        {
            return await inner.Take(request, cancellation).ConfigureAwait(false);
        }
        finally
        {
            lock (_underWay)
                _underWay.Remove(key);
        }
    }
}
