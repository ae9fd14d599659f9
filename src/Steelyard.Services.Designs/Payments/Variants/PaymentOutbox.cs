using System.Data.Common;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.Payments.Api;

namespace Steelyard.Services.Designs.Payments.Variants;

/// <summary>
/// The payment is written down together with its key and charged later by a consumer, which is handed every
/// message at least once.
/// </summary>
internal sealed class PaymentOutbox(Ledger ledger, KeyTable keys) : IPaymentTaker
{
    /// <inheritdoc/>
    public async Task<PaymentAnswer> Take(KeyedPayment request, CancellationToken cancellation)
    {
        await using var connection = await ledger.Open(cancellation).ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        if (await keys.Find(connection, request, cancellation).ConfigureAwait(false) is { } known)
            return known;
        var payment = request.Payment;
        var answer = await Ledger.Refusal(connection, payment, cancellation).ConfigureAwait(false);
        if (answer is null)
        {
            answer = PaymentAnswer.Accepted(payment.Reference!);
            // Numbered by the table: a key may come again once it has expired.
            await connection.Execute(
                "INSERT INTO outbox"
                + " SELECT 'm' || (COUNT(*) + 1), @reference, @account, @amount, 0, 0 FROM outbox",
                cancellation, ("reference", payment.Reference), ("account", payment.From),
                ("amount", payment.Amount)).ConfigureAwait(false);
        }

        if (await keys.Keep(connection, request, answer, cancellation).ConfigureAwait(false) == 0)
            return PaymentAnswer.InFlight;
        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        return answer;
    }
}

/// <summary>
/// Hands messages to the consumer: claims one for a while, has it charged, and then marks it as sent. Who
/// dies before the mark leaves it to be handed out again. Only a consumer that notes what it has processed,
/// in the transaction of the charge, charges it once.
/// </summary>
internal sealed class OutboxConsumer(Ledger ledger, TimeProvider time, bool notesProcessed) : Repeating(time)
{
    static readonly TimeSpan Claim = TimeSpan.FromSeconds(2);

    readonly TimeProvider _time = time;

    /// <inheritdoc/>
    protected override async Task<bool> Turn(CancellationToken cancellation)
    {
        await using var connection = await ledger.Open(cancellation).ConfigureAwait(false);
        if (await ClaimOne(connection, cancellation).ConfigureAwait(false) is not { } message)
            return false;
        await using var charge = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        if (!notesProcessed || await Note(connection, message.Id, cancellation).ConfigureAwait(false))
        {
            await connection.Execute(
                "INSERT INTO charges (reference, amount) VALUES (@reference, @amount)", cancellation,
                ("reference", message.Reference), ("amount", message.Amount)).ConfigureAwait(false);
            await Ledger.Withdraw(connection, message.Account, message.Amount, cancellation)
                .ConfigureAwait(false);
        }

        await charge.CommitAsync(cancellation).ConfigureAwait(false);
        await connection.Execute(
            "UPDATE outbox SET sent = 1 WHERE id = @id", cancellation, ("id", message.Id))
            .ConfigureAwait(false);
        return true;
    }

    static async Task<bool> Note(DbConnection connection, string id, CancellationToken cancellation) =>
        await connection.Execute(
            "INSERT INTO processed VALUES (@id) ON CONFLICT DO NOTHING", cancellation, ("id", id))
            .ConfigureAwait(false) == 1;

    async Task<Message?> ClaimOne(DbConnection connection, CancellationToken cancellation)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var waiting = await connection.Rows(
            "SELECT id, reference, account, amount, claimed FROM outbox WHERE sent = 0 AND claimed < @now"
            + " ORDER BY LENGTH(id), id LIMIT 1",
            row => new Message(
                row.GetString(0), row.GetString(1), (int)row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)),
            cancellation, ("now", now)).ConfigureAwait(false);
        if (waiting.Count == 0)
            return null;
        var claimed = await connection.Execute(
            "UPDATE outbox SET claimed = @until WHERE id = @id AND claimed = @seen AND sent = 0",
            cancellation, ("until", now + (long)Claim.TotalMilliseconds), ("id", waiting[0].Id),
            ("seen", waiting[0].Claimed)).ConfigureAwait(false);
        return claimed == 1 ? waiting[0] : null;
    }

    sealed record Message(string Id, string Reference, int Account, long Amount, long Claimed);
}
