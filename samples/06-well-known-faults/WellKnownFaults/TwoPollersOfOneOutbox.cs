using Microsoft.EntityFrameworkCore;

namespace WellKnownFaults;

/// <summary>Orders whose messages to the warehouse leave by an outbox that each host polls.</summary>
/// <remarks>Wrong: each poller sends what it finds unsent, and the warehouse ships whatever comes. Mended: a
/// poller claims rows for a while before it sends them, and since one that dies after it has sent leaves them
/// to the next, the warehouse knows messages that it has seen. To hold their locks while it sends (<c>FOR
/// UPDATE SKIP LOCKED</c> alone) would not do: the database keeps the locks of a host that has lost its
/// power, and nobody ever sends those rows.</remarks>
public static class TwoPollersOfOneOutbox
{
    const string Unsent =
        """
        SELECT * FROM "Outbox" WHERE NOT "IsSent" ORDER BY "Id" LIMIT 10
        """;

    const string Claimed =
        """
        UPDATE "Outbox" SET "ClaimedUntil" = {1} WHERE "Id" IN (
            SELECT "Id" FROM "Outbox" WHERE NOT "IsSent" AND "ClaimedUntil" < {0} ORDER BY "Id" LIMIT 10
            FOR UPDATE SKIP LOCKED)
        RETURNING *
        """;

    static readonly TimeSpan s_claim = TimeSpan.FromSeconds(2);

    public static WebApplication CreateShop(string[] args) => Shop(args, Unsent);

    public static WebApplication CreateMendedShop(string[] args) => Shop(args, Claimed);

    public static WebApplication CreateWarehouse(string[] args) => Warehouse(args, knowsMessages: false);

    public static WebApplication CreateMendedWarehouse(string[] args) => Warehouse(args, knowsMessages: true);

    static WebApplication Shop(string[] args, string unsent)
    {
        var builder = DatabaseSetup.WithDatabase<Orders>(args);
        builder.Services.AddHttpClient<Poller>(client =>
        {
            client.BaseAddress = new("http://warehouse");
            client.Timeout = TimeSpan.FromSeconds(2);
        });
        builder.Services.AddSingleton(new OutboxQuery(unsent));
        builder.Services.AddHostedService<Polling>();
        var application = builder.Build();
        application.MapPost("/orders", async (Order order, Orders orders) =>
        {
            orders.Add(order);
            orders.Add(new Message { OrderId = order.Id });
            try
            {
                await orders.SaveChangesAsync();
            }
            catch (DbUpdateException failure) when (failure.IsDuplicate())
            {
                // It was ordered before.
            }
        });
        return application;
    }

    static WebApplication Warehouse(string[] args, bool knowsMessages)
    {
        var application = DatabaseSetup.WithDatabase<Shipments>(args).Build();
        application.MapPost("/shipments", async (Message message, Shipments shipments) =>
        {
            shipments.Add(new Shipment { OrderId = message.OrderId });
            if (knowsMessages)
                shipments.Add(new SeenMessage(message.Id));
            try
            {
                await shipments.SaveChangesAsync();
            }
            catch (DbUpdateException failure) when (failure.IsDuplicate())
            {
                // It was shipped when it came first.
            }
        });
        application.MapGet("/shipments", (Shipments shipments) =>
            shipments.All.OrderBy(shipment => shipment.Id).Select(shipment => shipment.OrderId)
                .ToListAsync());
        return application;
    }

    public sealed record Order(string Id);

    sealed record OutboxQuery(string Sql);

    sealed record SeenMessage(int Id);

    sealed class Message
    {
        public int Id { get; init; }

        public required string OrderId { get; init; }

        public bool IsSent { get; set; }

        public DateTime ClaimedUntil { get; init; }
    }

    sealed class Shipment
    {
        public int Id { get; init; }

        public required string OrderId { get; init; }
    }

    sealed class Polling(IServiceScopeFactory scopes, ILogger<Polling> log) : BackgroundService
    {
        static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await Task.Delay(s_pause, stoppingToken);
                await using var scope = scopes.CreateAsyncScope();
                try
                {
                    await scope.ServiceProvider.GetRequiredService<Poller>().SendAll(stoppingToken);
                }
                catch (Exception failure) when (failure is not OperationCanceledException
                    || !stoppingToken.IsCancellationRequested)
                {
                    log.LogWarning("the outbox is tried again: {Reason}", failure.Message);
                }
            }
        }
    }

    sealed class Poller(HttpClient warehouse, Orders orders, OutboxQuery unsent)
    {
        public async Task SendAll(CancellationToken cancellation)
        {
            var now = DateTime.UtcNow;
            foreach (var message in await orders.Outbox.FromSqlRaw(unsent.Sql, now, now + s_claim)
                .ToListAsync(cancellation))
            {
                using var answer = await warehouse.PostAsJsonAsync("/shipments", message, cancellation);
                answer.EnsureSuccessStatusCode();
                message.IsSent = true;
                await orders.SaveChangesAsync(cancellation);
            }
        }
    }

    sealed class Orders(DbContextOptions<Orders> options) : DbContext(options)
    {
        public DbSet<Order> All => Set<Order>();

        public DbSet<Message> Outbox => Set<Message>();
    }

    sealed class Shipments(DbContextOptions<Shipments> options) : DbContext(options)
    {
        public DbSet<Shipment> All => Set<Shipment>();

        public DbSet<SeenMessage> Seen => Set<SeenMessage>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<SeenMessage>().Property(seen => seen.Id).ValueGeneratedNever();
    }
}
