using System.Data.Common;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Tests.Driving;

/// <summary>An ordinary service with items that are put and got, orders that may be refused, and a neighbour
/// that it tells of each order.</summary>
public static class Shelves
{
    const string Schema = "CREATE TABLE IF NOT EXISTS items (name TEXT PRIMARY KEY, amount INTEGER);"
        + "CREATE TABLE IF NOT EXISTS orders (id TEXT PRIMARY KEY, tenant TEXT)";

    /// <summary>The service.</summary>
    public static WebApplication Create(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddHttpClient();
        var application = builder.Build();
        application.MapPut("/items/{name}", async (string name, ShelfAmount put, DbConnection database) =>
        {
            await database.ExecuteAsync(
                $"{Schema}; INSERT INTO items VALUES (@name, @amount)"
                + " ON CONFLICT (name) DO UPDATE SET amount = @amount", new { name, amount = put.Value });
            return Results.NoContent();
        });
        application.MapGet("/items/{name}", async (string name, DbConnection database) =>
        {
            await database.ExecuteAsync(Schema);
            return new ShelfAmount(await database.ExecuteScalarAsync<int>(
                "SELECT amount FROM items WHERE name = @name", new { name }));
        });
        application.MapPost("/orders", async (
            ShelfOrder order, HttpRequest request, DbConnection database, IHttpClientFactory clients) =>
        {
            if (order.Count > 8)
                return Results.StatusCode(StatusCodes.Status402PaymentRequired);
            using var http = clients.CreateClient();
            (await http.PostAsync($"http://mailer/mails/{order.Reference}", null)).EnsureSuccessStatusCode();
            await database.ExecuteAsync(
                $"{Schema}; INSERT INTO orders VALUES (@id, @tenant) ON CONFLICT DO NOTHING",
                new { id = order.Reference.ToString(), tenant = request.Headers["Tenant"].ToString() });
            return Results.Created($"/orders/{order.Reference}", order);
        });
        return application;
    }

    /// <summary>The neighbour.</summary>
    public static WebApplication CreateMailer(string[] args)
    {
        var application = WebApplication.CreateBuilder(args).Build();
        application.MapPost("/mails/{reference}", async (string reference) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5));
            return reference;
        });
        return application;
    }
}

/// <summary>An amount of an item.</summary>
public sealed record ShelfAmount(int Value);

/// <summary>An order.</summary>
public sealed record ShelfOrder(Guid Reference, int Count);

/// <summary>Two of it, asked for all that a load can say.</summary>
public sealed class BusyShelves : IServicesScenario
{
    /// <inheritdoc/>
    public static void Build(ServicesWorld world) => world
        .Drive((Drive.Http(op => op.Put($"/items/{op.Key}").Json(new ShelfAmount((int)op.Number))
                .Writes(op.Number).Retry())
            .And(op => op.Get($"/items/{op.Key}").Reads("value"), weight: 2)
            .And("order", op => op.Post("/orders").Json(new ShelfOrder(op.Guid, op.Between(1, 10)))
                .KnownAs(op.Guid).Header("Tenant", op.Tenant).IdempotencyKey().Refused(402).Retry())
            .FinalRead(op => op.Get($"/items/{op.Key}").Reads("value"))
            .FinalRows("SELECT id FROM orders", place: "the books")) with
        {
            Clients = 6, RatePerSecond = 60, Duration = TimeSpan.FromSeconds(5), Keys = 3, Tenants = 2,
            Hosts = ["shelves-1", "shelves-2"],
        })
        .AddDatabase("shelves-db")
        .AddHost("shelves-1", Shelves.Create)
        .AddHost("shelves-2", Shelves.Create)
        .AddHost("mailer", Shelves.CreateMailer)
        .Watch("mailer")
        .Expect(new Analysis.Effects.ExactlyOnce("order"));
}

/// <summary>One of it whose host is cut off while it works, asked once each time.</summary>
public sealed class LonelyShelves : IServicesScenario
{
    /// <inheritdoc/>
    public static void Build(ServicesWorld world) => world
        .AddDatabase("shelves-db")
        .AddHost("shelves-1", Shelves.Create)
        .AddHost("mailer", Shelves.CreateMailer)
        .AddFaults(new PartitionFault
        {
            At = TimeSpan.FromSeconds(1), For = TimeSpan.FromSeconds(1),
            Groups = [["shelves-1"], ["shelves-db", "mailer"]],
        })
        .Drive(Drive.Http("put", op => op.Put($"/items/{op.Key}").Json(new ShelfAmount(1)).To("shelves-1"))
            .And("get", op => op.Get($"/items/{op.Key}").To("shelves-1"))
            .And("stray", op => op.Post("/nowhere").To("shelves-1")) with
        {
            RatePerSecond = 100, Duration = TimeSpan.FromSeconds(3),
        });
}
