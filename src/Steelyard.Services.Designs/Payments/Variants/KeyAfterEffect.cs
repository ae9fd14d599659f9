using Steelyard.Services.Designs.Payments.Api;

namespace Steelyard.Services.Designs.Payments.Variants;

/// <summary>
/// The effect is committed, and then the key, in a transaction of its own. Whoever dies between the two has
/// charged, and will charge again.
/// </summary>
internal sealed class KeyAfterEffect(Ledger ledger, KeyTable keys) : IPaymentTaker
{
    /// <inheritdoc/>
    public async Task<PaymentAnswer> Take(KeyedPayment request, CancellationToken cancellation)
    {
        await using var connection = await ledger.Open(cancellation).ConfigureAwait(false);
        await using var effect = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        if (await keys.Find(connection, request, cancellation).ConfigureAwait(false) is { } known)
            return known;
        var answer = await ledger.Charge(connection, request, null, cancellation).ConfigureAwait(false);
        await effect.CommitAsync(cancellation).ConfigureAwait(false);
        await using var key = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await keys.Keep(connection, request, answer, cancellation).ConfigureAwait(false);
        await key.CommitAsync(cancellation).ConfigureAwait(false);
        return answer;
    }
}
