using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.Payments.Variants;
using Steelyard.Services.Designs.Payments.Variants.Caches;

namespace Steelyard.Services.Designs.Payments.Api;

/// <summary>
/// A payments API: <c>POST /payments</c> under an <c>Idempotency-Key</c>, a ledger in a database, and retries
/// that are safe, or not, by the variant it is built with.
/// </summary>
internal static class PaymentsApi
{
    const string Tenant = "Tenant";
    const string LifetimeSetting = "Idempotency:LifetimeSeconds";
    const string BareKeysSetting = "Idempotency:TakesBareKeys";
    static readonly TimeSpan CachePatience = TimeSpan.FromMilliseconds(150);

    /// <summary>Makes the application; it asks its services for a <see cref="DbDataSource"/>.</summary>
    /// <param name="args">Settings, as on a command line: <c>--Idempotency:LifetimeSeconds</c> (86400),
    /// <c>--Idempotency:TakesBareKeys</c> (false) and <c>--Ledger:OpeningCents</c> (60000).</param>
    /// <param name="variant">How it makes retries safe, or not.</param>
    /// <param name="register">Registers what its place gives it; null is nothing.</param>
    public static WebApplication Create(
        string[] args, PaymentVariant variant, Action<IServiceCollection>? register = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        var seconds = builder.Configuration[LifetimeSetting] is { } text
            ? double.Parse(text, CultureInfo.InvariantCulture)
            : TimeSpan.FromDays(1).TotalSeconds;
        builder.Services.AddSingleton(new PaymentsPolicy(TimeSpan.FromSeconds(seconds), variant.KeysExpire))
            .AddSingleton(LedgerTongue.Sqlite)
            .AddSingleton<Ledger>()
            .AddSingleton<KeyTable>()
            .AddSingleton<CacheClient>()
            .AddSingleton(variant.Taker)
            .AddNeighbour("cache", CachePatience);
        if (variant.Consumer is { } consumer)
            builder.Services.AddHostedService(consumer);
        register?.Invoke(builder.Services);
        var application = builder.Build();
        var takesBare = builder.Configuration[BareKeysSetting] == "true";
        application.MapPost("/payments", (HttpContext http, Payment payment, IPaymentTaker taker) =>
            Pay(http, payment, taker, takesBare));
        application.MapPost("/accounts/{account:int}/deposits", Deposit);
        application.MapGet("/ledger", (HttpContext http, Ledger ledger) => Read(http, ledger, variant));
        application.MapGet("/idempotency", (PaymentsPolicy policy) => Json(200, policy.ToJson()));
        return application;
    }

    static async Task<IResult> Pay(
        HttpContext http, Payment payment, IPaymentTaker taker, bool takesBare)
    {
        var header = http.Request.Headers[IdempotencyKey.Header];
        var (key, problem) = IdempotencyKey.Parse(header, takesBare);
        if (key is null)
        {
            http.Response.Headers.Link = "</idempotency>; rel=\"describedby\"";
            return Problem(problem!);
        }

        // Before anything is begun: the same key may come again with what is put right.
        if (payment.Problem is { } mistake)
            return Problem(mistake);
        try
        {
            var tenant = (string?)http.Request.Headers[Tenant] ?? "";
            var answer = await taker.Take(new(tenant, key, payment), http.RequestAborted)
                .ConfigureAwait(false);
            return Json(answer.Status, answer.Body);
        }
        catch (Exception failure) when (failure is DbException or HttpRequestException)
        {
            // Nobody knows what was done: the client is to ask again, with the same key.
            return Results.Problem(failure.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    static async Task<IResult> Deposit(HttpContext http, int account, long amount, Ledger ledger)
    {
        await using var connection = await ledger.Open(http.RequestAborted).ConfigureAwait(false);
        await Ledger.Withdraw(connection, account, -amount, http.RequestAborted).ConfigureAwait(false);
        return Results.NoContent();
    }

    static async Task<IResult> Read(HttpContext http, Ledger ledger, PaymentVariant variant)
    {
        var cancellation = http.RequestAborted;
        await using var connection = await ledger.Open(cancellation).ConfigureAwait(false);
        var pending = await connection.Scalar("SELECT COUNT(*) FROM outbox WHERE sent = 0", cancellation)
            .ConfigureAwait(false);
        var applied = variant.KeepsDocuments
            ? await ByVersion.Applied(connection, cancellation).ConfigureAwait(false)
            : await connection.Rows(
                "SELECT reference FROM charges ORDER BY number", row => row.GetString(0), cancellation)
                .ConfigureAwait(false);
        return Results.Json(new LedgerState(applied, Convert.ToInt64(pending, CultureInfo.InvariantCulture)));
    }

    static IResult Problem(string detail) =>
        Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest);

    static IResult Json(int status, string body) =>
        Results.Text(body, "application/json", statusCode: status);
}

/// <summary>What a ledger shows.</summary>
/// <param name="Applied">References of all charges, in order, with repeats.</param>
/// <param name="Pending">Payments that were accepted and are still to be charged.</param>
internal sealed record LedgerState(IReadOnlyList<string> Applied, long Pending);
