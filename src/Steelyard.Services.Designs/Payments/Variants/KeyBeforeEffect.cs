using Steelyard.Services.Designs.Payments.Api;

namespace Steelyard.Services.Designs.Payments.Variants;

/// <summary>
/// The key is committed, and then the effect with its answer. Whoever dies between the two leaves a key that
/// says "in progress" for ever: the payment is lost, and its client is never told.
/// </summary>
internal sealed class KeyBeforeEffect(Ledger ledger, KeyTable keys) : IPaymentTaker
{
    /// <inheritdoc/>
    public async Task<PaymentAnswer> Take(KeyedPayment request, CancellationToken cancellation)
    {
        await using var connection = await ledger.Open(cancellation).ConfigureAwait(false);
        await using var key = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        if (await keys.Find(connection, request, cancellation).ConfigureAwait(false) is { } known)
            return known;
        if (await keys.Keep(connection, request, null, cancellation).ConfigureAwait(false) == 0)
            return PaymentAnswer.InFlight;
        await key.CommitAsync(cancellation).ConfigureAwait(false);
        await using var effect = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        var answer = await ledger.Charge(connection, request, null, cancellation).ConfigureAwait(false);
        await keys.Keep(connection, request, answer, cancellation).ConfigureAwait(false);
        await effect.CommitAsync(cancellation).ConfigureAwait(false);
        return answer;
    }
}
