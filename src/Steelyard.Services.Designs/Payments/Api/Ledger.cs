using System.Data.Common;
using System.Globalization;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Payments.Api;

/// <summary>The accounts and what was charged to them: the effects that must happen once.</summary>
internal sealed class Ledger(DbDataSource database)
{
    /// <summary>How many accounts there are; they are numbered from 1.</summary>
    public const int Accounts = 20;

    /// <summary>What each holds at first, in cents.</summary>
    public const long OpeningCents = 60_000;

    const string Schema =
        """
        CREATE TABLE IF NOT EXISTS accounts (
            id INTEGER PRIMARY KEY, balance INTEGER, version INTEGER, payments TEXT);
        CREATE TABLE IF NOT EXISTS charges (
            number INTEGER PRIMARY KEY, id TEXT UNIQUE, fingerprint TEXT, reference TEXT, amount INTEGER);
        CREATE TABLE IF NOT EXISTS keys (
            tenant TEXT, key TEXT, fingerprint TEXT, status INTEGER, body TEXT, expires INTEGER,
            PRIMARY KEY (tenant, key));
        CREATE TABLE IF NOT EXISTS outbox (
            id TEXT PRIMARY KEY, reference TEXT, account INTEGER, amount INTEGER, claimed INTEGER,
            sent INTEGER);
        CREATE TABLE IF NOT EXISTS processed (id TEXT PRIMARY KEY);
        WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < @accounts)
        INSERT INTO accounts SELECT id, @opening, 1, '[]' FROM n WHERE true ON CONFLICT DO NOTHING;
        """;

    bool _isReady;

    /// <summary>Opens a connection to a ledger that has its tables.</summary>
    public async Task<DbConnection> Open(CancellationToken cancellation)
    {
        var connection = await database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        if (_isReady)
            return connection;
        await connection.Execute(Schema, cancellation, ("accounts", Accounts), ("opening", OpeningCents))
            .ConfigureAwait(false);
        _isReady = true;
        return connection;
    }

    /// <summary>What an account cannot pay is refused.</summary>
    /// <returns>The refusal, or null.</returns>
    public static async Task<PaymentAnswer?> Refusal(
        DbConnection connection, Payment payment, CancellationToken cancellation)
    {
        var found = await connection.Scalar(
            "SELECT balance FROM accounts WHERE id = @id", cancellation, ("id", payment.From))
            .ConfigureAwait(false);
        var balance = Convert.ToInt64(found, CultureInfo.InvariantCulture);
        return balance < payment.Amount ? PaymentAnswer.Refused(balance) : null;
    }

    /// <summary>Charges a payment, within the transaction that is open.</summary>
    /// <param name="connection">In a transaction.</param>
    /// <param name="request">What to charge.</param>
    /// <param name="id">A name that no other charge may have; null is none.</param>
    /// <param name="cancellation">Gives it up.</param>
    public static async Task<PaymentAnswer> Charge(
        DbConnection connection, KeyedPayment request, string? id, CancellationToken cancellation)
    {
        var payment = request.Payment;
        if (await Refusal(connection, payment, cancellation).ConfigureAwait(false) is { } refusal)
            return refusal;
        await connection.Execute(
            "INSERT INTO charges (id, fingerprint, reference, amount)"
            + " VALUES (@id, @print, @reference, @amount)",
            cancellation, ("id", id), ("print", request.Fingerprint), ("reference", payment.Reference),
            ("amount", payment.Amount)).ConfigureAwait(false);
        await Withdraw(connection, payment.From, payment.Amount, cancellation).ConfigureAwait(false);
        var number = await connection.Scalar("SELECT MAX(number) FROM charges", cancellation)
            .ConfigureAwait(false);
        return PaymentAnswer.Paid(
            Convert.ToInt64(number, CultureInfo.InvariantCulture), payment.Reference!);
    }

    /// <summary>Takes money from an account; a negative amount gives it some.</summary>
    public static Task<int> Withdraw(
        DbConnection connection, int account, long amount, CancellationToken cancellation) =>
        connection.Execute(
            "UPDATE accounts SET balance = balance - @amount WHERE id = @id", cancellation,
            ("amount", amount), ("id", account));
}
