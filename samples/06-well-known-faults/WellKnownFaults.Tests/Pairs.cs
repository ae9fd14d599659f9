using Steelyard.Analysis.Effects;
using Steelyard.Analysis.Serving;
using Steelyard.Analysis.Workloads;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;
using CreateApp = System.Func<string[], Microsoft.AspNetCore.Builder.WebApplication>;

namespace WellKnownFaults.Tests;

/// <summary>What each pair runs on, what is asked of it and what must hold: the same for the wrong one and
/// the mended one.</summary>
static class Pairs
{
    public static void KeyStoredAfterCharge(ServicesWorld world, CreateApp create) => world
        .AddPostgres("ledger", new() { ConnectionName = "Payments" })
        .AddHost("payments-1", create)
        .AddHost("payments-2", create)
        .Faults(FaultPalette.All)
        .Drive(Drive.Http("pay", op => op.Post("/payments")
                .Json(new { Reference = op.Id, Cents = op.Between(100, 2_000) }).IdempotencyKey().Retry())
            .FinalRead("ledger", op => op.Get("/payments").Applied()))
        .Expect(new ExactlyOnce("pay"));

    public static void TwoPollersOfOneOutbox(
        ServicesWorld world, CreateApp shop, CreateApp warehouse) => world
        .AddPostgres("orders", new() { ConnectionName = "Orders" })
        .AddPostgres("shipments", new() { ConnectionName = "Shipments" })
        .AddHost("shop-1", shop)
        .AddHost("shop-2", shop)
        .AddHost("warehouse", warehouse)
        .Faults(FaultPalette.All)
        .Drive((Drive.Http("order", op => op.Post("/orders").Json(new { op.Id }).Retry()) with
        {
            Hosts = ["shop-1", "shop-2"],
        }).FinalRead("shipped", op => op.Get("/shipments").To("warehouse").Applied()))
        .Expect(new ExactlyOnce("order"));

    public static void PostRetriedByStandardHandler(ServicesWorld world, CreateApp checkout) => world
        .AddPostgres("charges", new() { ConnectionName = "Charges" })
        .AddHost("checkout-1", checkout)
        .AddHost("checkout-2", checkout)
        .AddHost("bank", WellKnownFaults.PostRetriedByStandardHandler.CreateBank)
        .Faults(FaultPalette.All)
        .Drive((Drive.Http("charge", op => op.Post("/checkout").Json(new { Reference = op.Id })
            .Patience(TimeSpan.FromSeconds(35))) with
        {
            Hosts = ["checkout-1", "checkout-2"],
        }).FinalRead("charged", op => op.Get("/charges").To("bank").Applied()))
        .Expect(new ExactlyOnce("charge"));

    public static void AmbiguousCommit(ServicesWorld world, CreateApp create) => world
        .AddPostgres("bank", new() { ConnectionName = "Deposits" })
        .AddHost("deposits-1", create)
        .AddHost("deposits-2", create)
        .Faults(FaultPalette.All)
        .Drive(Drive.Http("deposit", op => op.Post("/deposits").Json(new { Reference = op.Id, Cents = 100 })
                .Patience(TimeSpan.FromSeconds(60)))
            .FinalRead("deposited", op => op.Get("/deposits").Applied()))
        .Expect(new ExactlyOnce("deposit"));

    public static void LostUpdate(ServicesWorld world, CreateApp create) => world
        .AddPostgres("shop", new() { ConnectionName = "Carts" })
        .AddHost("carts-1", create)
        .AddHost("carts-2", create)
        .Faults(FaultPalette.All)
        .Drive(Drive.Http("add", op => op.Post($"/carts/c{op.Between(1, 3)}")
                .Json(new { Article = op.Id }).Retry())
            .FinalRead("carts", op => op.Get("/carts").Applied()))
        .Expect(new ExactlyOnce("add"));

    public static void LeaseOutlived(ServicesWorld world, CreateApp ledger) => world
        .AddPostgres("locks", new() { ConnectionName = "Leases" })
        .AddPostgres("numbers", new() { ConnectionName = "Numbers" })
        .AddHost("invoices-1", WellKnownFaults.LeaseOutlived.CreateInvoices)
        .AddHost("invoices-2", WellKnownFaults.LeaseOutlived.CreateInvoices)
        .AddHost("ledger", ledger)
        .Faults(FaultPalette.All)
        .Drive(Drive.Http("generate", op => op.Post("/invoices")
            .Patience(TimeSpan.FromSeconds(10)).Reads()) with
        {
            Hosts = ["invoices-1", "invoices-2"], Clients = 6, RatePerSecond = 6,
        })
        .Expect(new UniqueIds());

    public static void StaleCacheFill(ServicesWorld world, CreateApp create) => world
        .AddPostgres("catalogue", new() { ConnectionName = "Prices" })
        .AddCache("cache")
        .AddHost("prices-1", create)
        .AddHost("prices-2", create)
        .Faults(FaultPalette.All)
        .Drive(Drive.Http("get", op => op.Get($"/prices/{op.Key}").Reads())
            .And("put", op => op.Put($"/prices/{op.Key}")
                .Json(new { Cents = op.Number }).Writes(op.Number), weight: 0.3)
            with { Keys = 3 })
        .Expect(new FreshAfterWrite("put", "get"));

    public static void InboxRace(ServicesWorld world, CreateApp create) => world
        .AddPostgres("stock", new() { ConnectionName = "Consumer" })
        .AddHost("consumer-1", create)
        .AddHost("consumer-2", create)
        .Faults(FaultPalette.All)
        .Drive(Drive.Http("deliver", op => op.Post("/messages").Json(new { MessageId = op.Id, Pieces = 1 })
                .IdempotencyKey().Retry().Patience(TimeSpan.FromMilliseconds(20)))
            .FinalRead("reserved", op => op.Get("/reservations").Applied()))
        .Expect(new ExactlyOnce("deliver"));

    public static void RetryWithTrackedEntity(ServicesWorld world, CreateApp create) => world
        .AddPostgres("bank", new() { ConnectionName = "Accounts" })
        .AddHost("deposits-1", create)
        .AddHost("deposits-2", create)
        .Faults(FaultPalette.All)
        .Drive(Drive.Http("deposit", op => op.Post("/deposits").Json(new { op.Id }).Retry())
            .FinalRead("entered", op => op.Get("/deposits").Applied()))
        .Expect(new ExactlyOnce("deposit"));
}
