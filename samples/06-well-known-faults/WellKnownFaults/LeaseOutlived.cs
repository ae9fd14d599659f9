using Microsoft.EntityFrameworkCore;

namespace WellKnownFaults;

/// <summary>Numbers of invoices: whoever holds the lease reads the last one at the ledger, and writes the
/// next.</summary>
/// <remarks>Wrong: a holder who was held up writes after its lease has ended, and two invoices have one
/// number. Mended: each lease has a higher token, and the ledger takes no token that is lower than one it has
/// seen (fencing).</remarks>
public static class LeaseOutlived
{
    static readonly TimeSpan s_term = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);
    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    public static WebApplication CreateInvoices(string[] args)
    {
        var builder = DatabaseSetup.WithDatabase<Leases>(args);
        builder.Services.AddHttpClient("ledger", client => client.BaseAddress = new("http://ledger"));
        var application = builder.Build();
        application.MapPost("/invoices", async (Leases leases, IHttpClientFactory clients) =>
        {
            if (await Acquire(leases) is not { } token)
                return Results.StatusCode(503);
            using var ledger = clients.CreateClient("ledger");
            using var last = await ledger.GetAsync(new Uri($"/last?token={token}", UriKind.Relative));
            if (!last.IsSuccessStatusCode)
                return Results.StatusCode(503);
            var number = await last.Content.ReadFromJsonAsync<int>() + 1;
            using var written = await ledger.PutAsJsonAsync("/last", new LastNumber(number, token));
            await Release(leases, token);
            return written.IsSuccessStatusCode ? Results.Ok(number) : Results.StatusCode(503);
        });
        return application;
    }

    public static WebApplication CreateLedger(string[] args) => Ledger(args, fences: false);

    public static WebApplication CreateMendedLedger(string[] args) => Ledger(args, fences: true);

    static WebApplication Ledger(string[] args, bool fences)
    {
        var application = DatabaseSetup.WithDatabase<Numbers>(args).Build();
        // Whoever reads is the last one whose writing counts: else one that is late, while none is later yet,
        // would be taken between a reading and its writing.
        application.MapGet("/last", async (int token, Numbers numbers) =>
            await numbers.All.Where(row => !fences || row.Token <= token)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Token, token)) == 1
                ? Results.Ok(await numbers.All.Select(row => row.Number).SingleAsync())
                : Results.Conflict());
        application.MapPut("/last", async (LastNumber last, Numbers numbers) =>
            await numbers.All.Where(row => !fences || row.Token <= last.Token)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(row => row.Number, last.Number)
                    .SetProperty(row => row.Token, last.Token)) == 1
                ? Results.Ok() : Results.Conflict());
        return application;
    }

    static async Task<int?> Acquire(Leases leases)
    {
        for (var end = DateTime.UtcNow + s_patience; DateTime.UtcNow < end; await Task.Delay(s_pause))
        {
            var now = DateTime.UtcNow;
            var lease = await leases.All.AsNoTracking().SingleAsync();
            if (lease.Until < now && await leases.All.Where(row => row.Token == lease.Token)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(row => row.Token, lease.Token + 1)
                    .SetProperty(row => row.Until, now + s_term)) == 1)
                return lease.Token + 1;
        }

        return null;
    }

    static Task Release(Leases leases, int token) => leases.All.Where(row => row.Token == token)
        .ExecuteUpdateAsync(set => set.SetProperty(row => row.Until, DateTime.MinValue.ToUniversalTime()));

    public sealed record LastNumber(int Number, int Token);

    sealed class Lease
    {
        public int Id { get; init; }

        public int Token { get; init; }

        public DateTime Until { get; init; }
    }

    sealed class Issued
    {
        public int Id { get; init; }

        public int Number { get; init; }

        public int Token { get; init; }
    }

    sealed class Leases(DbContextOptions<Leases> options) : DbContext(options)
    {
        public DbSet<Lease> All => Set<Lease>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Lease>()
            .HasData(new Lease { Id = 1, Until = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc) });
    }

    sealed class Numbers(DbContextOptions<Numbers> options) : DbContext(options)
    {
        public DbSet<Issued> All => Set<Issued>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Issued>().HasData(new Issued { Id = 1 });
    }
}
