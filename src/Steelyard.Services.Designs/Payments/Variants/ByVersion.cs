using System.Data.Common;
using System.Text.Json;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.Payments.Api;

namespace Steelyard.Services.Designs.Payments.Variants;

/// <summary>
/// An account is one document: its balance and the payments it made, with their keys. It is read, changed and
/// written back on condition that its version is still the one read. The version must change with every
/// write; where it never does, two writers that read the same document both succeed, and the first one's
/// payment is overwritten (the ABA problem of a repeated conditional write).
/// </summary>
/// <param name="ledger">The accounts.</param>
/// <param name="step">How much a write adds to the version.</param>
internal sealed class ByVersion(Ledger ledger, int step) : IPaymentTaker
{
    const int MostTries = 20;

    /// <inheritdoc/>
    public async Task<PaymentAnswer> Take(KeyedPayment request, CancellationToken cancellation)
    {
        await using var connection = await ledger.Open(cancellation).ConfigureAwait(false);
        for (var tries = 0; tries < MostTries; tries++)
        {
            var account = await Read(connection, request.Payment.From, cancellation).ConfigureAwait(false);
            if (account.AnswerTo(request) is { } answer)
                return answer;
            var made = account.With(request);
            if (await Write(connection, made, cancellation).ConfigureAwait(false))
                return made.AnswerTo(request)!;
        }

        return PaymentAnswer.InFlight;
    }

    /// <summary>The references of all payments that the accounts hold, with repeats.</summary>
    public static async Task<List<string>> Applied(DbConnection connection, CancellationToken cancellation)
    {
        var documents = await connection.Rows(
            "SELECT payments FROM accounts ORDER BY id", row => row.GetString(0), cancellation)
            .ConfigureAwait(false);
        return
        [
            .. documents.SelectMany(Parse).Where(made => made.Lacking is null).Select(made => made.Reference),
        ];
    }

    static async Task<Account> Read(DbConnection connection, int id, CancellationToken cancellation)
    {
        var rows = await connection.Rows(
            "SELECT balance, version, payments FROM accounts WHERE id = @id",
            row => new Account(id, row.GetInt64(0), row.GetInt64(1), Parse(row.GetString(2))), cancellation,
            ("id", id)).ConfigureAwait(false);
        return rows[0];
    }

    async Task<bool> Write(DbConnection connection, Account account, CancellationToken cancellation) =>
        await connection.Execute(
            "UPDATE accounts SET balance = @balance, payments = @payments, version = version + @step"
            + " WHERE id = @id AND version = @version",
            cancellation, ("balance", account.Balance), ("payments", JsonSerializer.Serialize(account.Made)),
            ("step", step), ("id", account.Id), ("version", account.Version)).ConfigureAwait(false) == 1;

    static Made[] Parse(string json) => JsonSerializer.Deserialize<Made[]>(json)!;

    // Lacking: what the account held when it could not pay; null where it could.
    sealed record Made(string Tenant, string Key, string Print, string Reference, long? Lacking);

    sealed record Account(int Id, long Balance, long Version, Made[] Made)
    {
        public PaymentAnswer? AnswerTo(KeyedPayment request)
        {
            var place = Array.FindIndex(
                Made, made => made.Tenant == request.Tenant && made.Key == request.Key);
            if (place < 0)
                return null;
            var made = Made[place];
            return made.Print != request.Fingerprint ? PaymentAnswer.OtherPayload
                : made.Lacking is { } held ? PaymentAnswer.Refused(held)
                : PaymentAnswer.Paid((Id * 1_000_000L) + place, made.Reference);
        }

        public Account With(KeyedPayment request)
        {
            var (payment, isShort) = (request.Payment, Balance < request.Payment.Amount);
            var made = new Made(
                request.Tenant, request.Key, request.Fingerprint, payment.Reference!,
                isShort ? Balance : null);
            var balance = isShort ? Balance : Balance - payment.Amount;
            return this with { Balance = balance, Made = [.. Made, made] };
        }
    }
}
