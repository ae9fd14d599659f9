using Steelyard.Services.Designs.Payments.Api;
using Steelyard.Services.Designs.Payments.Variants.Caches;

namespace Steelyard.Services.Designs.Payments.Variants;

/// <summary>
/// The key is claimed in a cache, and the cache is replicated asynchronously. A failover forgets claims that
/// were acknowledged, and the retry is a payment of its own.
/// </summary>
internal sealed class KeyInAsyncCache(
    Ledger ledger, CacheClient cache, TimeProvider time, PaymentsPolicy policy) : IPaymentTaker
{
    // Whoever dies with a claim holds it this long.
    static readonly TimeSpan Claim = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task<PaymentAnswer> Take(KeyedPayment request, CancellationToken cancellation)
    {
        var claim = Entry(request, null, Claim);
        if (await cache.SetIfFree(claim, cancellation).ConfigureAwait(false) is { } known)
            return known.Print != request.Fingerprint ? PaymentAnswer.OtherPayload
                : known.Status == 0 ? PaymentAnswer.InFlight
                : new(known.Status, known.Body);
        await using var connection = await ledger.Open(cancellation).ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        var answer = await ledger.Charge(connection, request, null, cancellation).ConfigureAwait(false);
        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        await cache.Set(Entry(request, answer, policy.KeyLifetime), cancellation).ConfigureAwait(false);
        return answer;
    }

    KeyCacheEntry Entry(KeyedPayment request, PaymentAnswer? answer, TimeSpan lifetime) => new(
        $"{request.Tenant}/{request.Key}", request.Fingerprint, answer?.Status ?? 0, answer?.Body ?? "",
        (time.GetUtcNow() + lifetime).ToUnixTimeMilliseconds());
}
