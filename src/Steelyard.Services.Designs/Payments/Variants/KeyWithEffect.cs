using Steelyard.Services.Designs.Payments.Api;

namespace Steelyard.Services.Designs.Payments.Variants;

/// <summary>Key, effect and answer are committed in one transaction: a retry finds all or nothing.</summary>
internal sealed class KeyWithEffect(Ledger ledger, KeyTable keys) : IPaymentTaker
{
    /// <inheritdoc/>
    public async Task<PaymentAnswer> Take(KeyedPayment request, CancellationToken cancellation)
    {
        await using var connection = await ledger.Open(cancellation).ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        if (await keys.Find(connection, request, cancellation).ConfigureAwait(false) is { } known)
            return known;
        var answer = await ledger.Charge(connection, request, null, cancellation).ConfigureAwait(false);
        if (await keys.Keep(connection, request, answer, cancellation).ConfigureAwait(false) == 0)
            return PaymentAnswer.InFlight;
        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        return answer;
    }
}
