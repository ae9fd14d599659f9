using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Designs.Orders.Variants;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Orders.Api;

/// <summary>
/// The services that keep something for orders: a stock (<c>PUT /reservations/{order}</c>) and a payment
/// service (<c>PUT /charges/{order}</c>). <c>DELETE</c> gives back.
/// </summary>
internal static class KeepingApi
{
    /// <summary>The stock of one item.</summary>
    public static WebApplication CreateStock(string[] args, OrdersVariant variant)
    {
        var schema = ReservationTable.SchemaOf([OrdersScenario.Item], OrdersScenario.Units);
        var application = Create(args, variant, OrdersScenario.StockDatabase, schema, new(
            order => new("PUT", OrdersScenario.Payment, order.Charge),
            order => new("PUT", OrdersScenario.OrderService, $"orders/{order}/cancellation")));
        application.MapPut(
            "/reservations/{id}",
            async (string id, int units, string account, ReservationTable holds, HttpContext http) =>
                new DoneAnswer(await holds.Take(
                    new(id, units, account), OrdersScenario.Item, units, http.RequestAborted)
                    .ConfigureAwait(false)));
        application.MapDelete("/reservations/{id}", GiveBack);
        application.MapGet("/reservations", (ReservationTable holds, HttpContext http) =>
            holds.Read(http.RequestAborted));
        return application;
    }

    /// <summary>Accounts, which pay as far as their money goes.</summary>
    public static WebApplication CreatePayment(string[] args, OrdersVariant variant)
    {
        var schema = ReservationTable.SchemaOf(OrdersScenario.Accounts, OrdersScenario.Credit);
        var application = Create(args, variant, OrdersScenario.PaymentDatabase, schema, new(
            order => new("PUT", OrdersScenario.OrderService, $"orders/{order.Id}/confirmation"),
            order => new("DELETE", OrdersScenario.Stock, $"reservations/{order}")));
        application.MapPut(
            "/charges/{id}", async (
                string id, int units, string account, ReservationTable holds, HttpContext http) =>
                new DoneAnswer(await holds.Take(
                    new(id, units, account), account, units * OrdersScenario.Price, http.RequestAborted)
                    .ConfigureAwait(false)));
        application.MapDelete("/charges/{id}", GiveBack);
        application.MapGet("/charges", (ReservationTable holds, HttpContext http) =>
            holds.Read(http.RequestAborted));
        return application;
    }

    static WebApplication Create(
        string[] args, OrdersVariant variant, string database, string schema, Reactions reactions)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton(variant)
            .AddSingleton(services => new Tables(
                services.GetRequiredKeyedService<DbDataSource>(database), schema))
            .AddSingleton(services => new ReservationTable(
                services.GetRequiredService<Tables>(), services.GetRequiredService<OrderOutbox>(), variant,
                variant.Choreographs ? reactions : null));
        Neighbours.AddTo(builder.Services);
        if (variant.Choreographs)
            builder.Services.AddHostedService<Notifier>();
        var application = builder.Build();
        application.AnswersUnavailable();
        return application;
    }

    static async Task<DoneAnswer> GiveBack(string id, ReservationTable holds, HttpContext http)
    {
        await holds.GiveBack(id, http.RequestAborted).ConfigureAwait(false);
        return new(true);
    }
}
