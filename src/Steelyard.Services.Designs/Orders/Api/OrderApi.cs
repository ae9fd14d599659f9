using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Designs.Orders.Variants;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Orders.Api;

/// <summary>
/// The order service's API: <c>POST /orders/{reference}?units=2&amp;account=a1</c> places an order under the
/// client's name for it, and says how it stands when it is sent again; <c>DELETE</c> cancels.
/// </summary>
internal static class OrderApi
{
    // So long a request carries its saga on, also when its client has gone.
    static readonly TimeSpan SagaPatience = TimeSpan.FromSeconds(1);

    /// <summary>Makes the application.</summary>
    public static WebApplication Create(string[] args, OrdersVariant variant)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton(variant)
            .AddSingleton(services => new Tables(
                services.GetRequiredKeyedService<DbDataSource>(OrdersScenario.OrderDatabase),
                OrderBook.Schema))
            .AddSingleton<OrderBook>().AddSingleton<Saga>().AddSingleton<OpenSagas>();
        Neighbours.AddTo(builder.Services);
        if (variant.Choreographs)
            builder.Services.AddHostedService<Notifier>();
        else
            builder.Services.AddHostedService<SagaRecovery>();
        var application = builder.Build();
        application.AnswersUnavailable();
        application.MapPost("/orders/{reference}", Place);
        application.MapDelete("/orders/{reference}", Cancel);
        application.MapGet("/orders", (OrderBook book, HttpContext http) => book.Read(http.RequestAborted));
        if (variant.Choreographs)
            MapTellings(application);
        return application;
    }

    static void MapTellings(WebApplication application)
    {
        application.MapPut("/orders/{id}/confirmation", async (string id, OrderBook book, HttpContext http) =>
            await book.Confirm(id, http.RequestAborted).ConfigureAwait(false));
        application.MapPut("/orders/{id}/cancellation", async (string id, OrderBook book, HttpContext http) =>
            await book.Cancelled(id, http.RequestAborted).ConfigureAwait(false));
    }

    static async Task<OrderAnswer> Place(
        string reference, int units, string account, OrderBook book, Saga saga, OpenSagas open,
        OrdersVariant variant, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(SagaPatience, time);
        var (order, isNew) =
            await book.Place(reference, units, account, limit.Token).ConfigureAwait(false);
        if (isNew && !variant.Choreographs)
        {
            open.Begin(order);
            await saga.Run(order, limit.Token).ConfigureAwait(false);
            open.End(order);
        }

        var progress = await book.Progress(order.Id, limit.Token).ConfigureAwait(false);
        return new(progress.State);
    }

    static async Task<OrderAnswer> Cancel(
        string reference, OrderBook book, Saga saga, OrdersVariant variant, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(SagaPatience, time);
        var open = await book.Cancel(reference, limit.Token).ConfigureAwait(false);
        if (!variant.Choreographs)
            foreach (var order in open)
                await saga.GoBack(order, limit.Token).ConfigureAwait(false);
        return new(open.Count == 0 || !variant.Choreographs ? "cancelled" : "cancelling");
    }
}

/// <summary>How an order stands.</summary>
/// <param name="State">Confirmed or cancelled; anything else is not settled yet.</param>
internal sealed record OrderAnswer(string State);
