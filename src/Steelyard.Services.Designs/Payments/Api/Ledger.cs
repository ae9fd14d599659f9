using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Payments.Api;

/// <summary>The accounts and what was charged to them: the effects that must happen once.</summary>
/// <param name="database">Where it is kept.</param>
/// <param name="tongue">How that database says what they all say differently.</param>
/// <param name="configuration">Settings, of which <c>Ledger:OpeningCents</c> is what each account holds at
/// first.</param>
internal sealed class Ledger(DbDataSource database, LedgerTongue tongue, IConfiguration configuration)
{
    /// <summary>How many accounts there are; they are numbered from 1.</summary>
    public const int Accounts = 20;

    /// <summary>What each holds at first, in cents, where nobody says otherwise.</summary>
    public const long OpeningCents = 60_000;

    /// <summary>The setting that says otherwise.</summary>
    public const string OpeningSetting = "Ledger:OpeningCents";

    readonly string _schema =
        $"""
        CREATE TABLE IF NOT EXISTS accounts (
            id INTEGER PRIMARY KEY, balance BIGINT, version BIGINT, payments TEXT);
        CREATE TABLE IF NOT EXISTS charges (
            number {tongue.NumberColumn}, id TEXT UNIQUE, fingerprint TEXT, reference TEXT, amount BIGINT);
        CREATE TABLE IF NOT EXISTS keys (
            tenant TEXT, key TEXT, fingerprint TEXT, status BIGINT, body TEXT, expires BIGINT,
            PRIMARY KEY (tenant, key));
        CREATE TABLE IF NOT EXISTS outbox (
            id TEXT PRIMARY KEY, reference TEXT, account BIGINT, amount BIGINT, claimed BIGINT,
            sent BIGINT);
        CREATE TABLE IF NOT EXISTS processed (id TEXT PRIMARY KEY);
        WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < @accounts)
        INSERT INTO accounts SELECT id, @opening, 1, '[]' FROM n WHERE true ON CONFLICT DO NOTHING;
        """;

    readonly long _openingCents = configuration.GetValue(OpeningSetting, OpeningCents);
    bool _isReady;

    /// <summary>Opens a connection to a ledger that has its tables.</summary>
    public async Task<DbConnection> Open(CancellationToken cancellation)
    {
        var connection = await database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        if (_isReady)
            return connection;
        await connection.Execute(_schema, cancellation, ("accounts", Accounts), ("opening", _openingCents))
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
    public async Task<PaymentAnswer> Charge(
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
        var number = await connection.Scalar(tongue.LastNumber, cancellation)
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
