using Steelyard.Services.Designs.Payments.Api;

namespace Steelyard.Services.Designs.Payments.Variants;

/// <summary>The key is read and forgotten: every retry is a payment.</summary>
internal sealed class NoKey(Ledger ledger) : IPaymentTaker
{
    /// <inheritdoc/>
    public async Task<PaymentAnswer> Take(KeyedPayment request, CancellationToken cancellation)
    {
        await using var connection = await ledger.Open(cancellation).ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        var answer = await ledger.Charge(connection, request, null, cancellation).ConfigureAwait(false);
        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        return answer;
    }
}
