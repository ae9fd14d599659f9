using System.Data.Common;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.Payments.Api;

namespace Steelyard.Services.Designs.Payments.Variants;

/// <summary>
/// The key is the name of the charge itself, and the database lets no two have the same. Refusals leave no
/// charge, and so are not remembered; charges are, for ever.
/// </summary>
internal sealed class UniqueConstraint(Ledger ledger) : IPaymentTaker
{
    /// <inheritdoc/>
    public async Task<PaymentAnswer> Take(KeyedPayment request, CancellationToken cancellation)
    {
        await using var connection = await ledger.Open(cancellation).ConfigureAwait(false);
        var id = $"{request.Tenant}/{request.Key}";
        try
        {
            await using var transaction =
                await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
            var answer = await ledger.Charge(connection, request, id, cancellation).ConfigureAwait(false);
            // The account may be empty because this very payment was charged before.
            if (answer.IsRefusal
                && await Find(connection, request, id, cancellation).ConfigureAwait(false) is { } charged)
                return charged;
            await transaction.CommitAsync(cancellation).ConfigureAwait(false);
            return answer;
        }
        catch (DbException) when (connection.State == System.Data.ConnectionState.Open)
        {
            // Refused by the constraint if the charge is there, and for another reason if it is not.
            if (await Find(connection, request, id, cancellation).ConfigureAwait(false) is { } known)
                return known;
            throw;
        }
    }

    static async Task<PaymentAnswer?> Find(
        DbConnection connection, KeyedPayment request, string id, CancellationToken cancellation)
    {
        var found = await connection.Rows(
            "SELECT number, fingerprint, reference FROM charges WHERE id = @id",
            row => (Number: row.GetInt64(0), Print: row.GetString(1), Reference: row.GetString(2)),
            cancellation, ("id", id)).ConfigureAwait(false);
        if (found.Count == 0)
            return null;
        return found[0].Print == request.Fingerprint
            ? PaymentAnswer.Paid(found[0].Number, found[0].Reference)
            : PaymentAnswer.OtherPayload;
    }
}
