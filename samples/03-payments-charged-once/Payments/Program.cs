using System.Data.Common;
using Npgsql;

namespace Payments;

/// <summary>An ordinary service: it knows nothing of the world it will be tested in.</summary>
public static class Program
{
    /// <summary>Runs it, on PostgreSQL.</summary>
    public static void Main(string[] args) => CreateApp(args).Run();

    /// <summary>The application. <c>--Keys:Ignored=true</c> makes a retry a payment of its own.</summary>
    public static WebApplication CreateApp(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var ledger = builder.Configuration.GetConnectionString("Ledger") ?? "Host=localhost;Database=ledger";
        builder.Services.AddSingleton<DbDataSource>(_ => NpgsqlDataSource.Create(ledger));
        builder.Services.AddSingleton<Ledger>();
        var application = builder.Build();
        var ignoresKeys = application.Configuration.GetValue<bool>("Keys:Ignored");
        application.MapPost("/payments", async (Payment payment, HttpRequest request, Ledger ledger) =>
        {
            if (request.Headers["Idempotency-Key"] is not [{ Length: > 0 } key])
                return Results.BadRequest("expected one Idempotency-Key");
            await ledger.Charge(ignoresKeys ? null : key, payment, request.HttpContext.RequestAborted);
            return Results.Created($"/payments/{payment.Reference}", payment);
        });
        application.MapGet("/payments", (Ledger ledger, HttpRequest request) =>
            ledger.References(request.HttpContext.RequestAborted));
        return application;
    }
}

/// <summary>What a client wants paid.</summary>
public sealed record Payment(string Reference, int Cents);
