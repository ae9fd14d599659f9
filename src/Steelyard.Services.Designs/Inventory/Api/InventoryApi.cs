using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Designs.Inventory.Variants;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Inventory.Api;

/// <summary>One host that sells.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Other">The name of the other one.</param>
/// <param name="Database">The name of its database.</param>
/// <param name="Units">How many units stand there at first.</param>
internal sealed record Shop(string Name, string Other, string Database, int Units);

/// <summary>
/// A shop's API: <c>POST /sales/{id}?quantity=2</c> sells, or says that it cannot, and says the same again
/// for the same id; <c>DELETE /sales/{id}</c> cancels; <c>GET /stock</c> shows what is left.
/// </summary>
internal static class InventoryApi
{
    // Of a request between shops: half of what a client waits for its own.
    static readonly TimeSpan ShopPatience = TimeSpan.FromMilliseconds(150);

    /// <summary>Makes the application; it asks its services for the <see cref="DbDataSource"/> of its
    /// database's name.</summary>
    public static WebApplication Create(string[] args, Shop shop, InventoryVariant variant)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton(shop)
            .AddSingleton<Stock>()
            .AddSingleton(variant.Seller)
            .AddNeighbour("shops", ShopPatience);
        if (variant.SplitsStock)
            builder.Services.AddHostedService<TransferWorker>();
        var application = builder.Build();
        application.AnswersUnavailable();
        application.MapPost(
            "/sales/{id}", async (string id, int quantity, ISeller seller, HttpContext http) =>
            new DoneAnswer(await seller.Sell(new(id, quantity), http.RequestAborted).ConfigureAwait(false)));
        application.MapDelete("/sales/{id}", async (string id, Stock stock, HttpContext http) =>
            new DoneAnswer(await stock.Cancel(id, http.RequestAborted).ConfigureAwait(false)));
        application.MapGet("/stock", (Stock stock, HttpContext http) => stock.Read(http.RequestAborted));
        if (variant.SplitsStock)
            application.MapPost("/transfers/{id}", async (string id, ISeller seller, HttpContext http) =>
                new Gift(await ((Escrow)seller).Give(id, http.RequestAborted).ConfigureAwait(false)));
        return application;
    }
}

/// <summary>Units that another shop gave away.</summary>
internal sealed record Gift(long Units);

/// <summary>What a shop shows.</summary>
/// <param name="Units">Units left.</param>
/// <param name="Sold">Ids of all sales, in order, also of those that were cancelled.</param>
/// <param name="Standing">Ids of those that were not.</param>
/// <param name="Pending">Transfers that are still going on.</param>
internal sealed record StockState(
    long Units, IReadOnlyList<string> Sold, IReadOnlyList<string> Standing, long Pending);
