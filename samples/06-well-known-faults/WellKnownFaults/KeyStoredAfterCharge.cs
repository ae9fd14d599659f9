using Microsoft.EntityFrameworkCore;

namespace WellKnownFaults;

/// <summary>Payments under an idempotency key.</summary>
/// <remarks>Wrong: the key is looked up, and stored after the charge, so that two attempts at once, or a
/// crash between the two, charge twice. Mended: key and charge are one transaction, and no key is there
/// twice.</remarks>
public static class KeyStoredAfterCharge
{
    public static WebApplication CreateApp(string[] args) => Create(args, async (payments, key, payment) =>
    {
        if (await payments.Keys.AnyAsync(stored => stored.Key == key))
            return;
        payments.Charges.Add(new() { Reference = payment.Reference, Cents = payment.Cents });
        await payments.SaveChangesAsync();
        payments.Keys.Add(new(key));
        await payments.SaveChangesAsync();
    });

    public static WebApplication CreateMended(string[] args) => Create(args, async (payments, key, payment) =>
    {
        payments.Keys.Add(new(key));
        payments.Charges.Add(new() { Reference = payment.Reference, Cents = payment.Cents });
        try
        {
            await payments.SaveChangesAsync();
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // It was charged under this key before.
        }
    });

    static WebApplication Create(string[] args, Func<Payments, string, Payment, Task> pay)
    {
        var application = DatabaseSetup.WithDatabase<Payments>(args).Build();
        application.MapPost("/payments", async (Payment payment, HttpRequest request, Payments payments) =>
        {
            if (request.Headers["Idempotency-Key"] is not [{ Length: > 0 } key])
                return Results.BadRequest("expected one Idempotency-Key");
            await pay(payments, key, payment);
            return Results.Ok();
        });
        application.MapGet("/payments", (Payments payments) =>
            payments.Charges.OrderBy(charge => charge.Id).Select(charge => charge.Reference).ToListAsync());
        return application;
    }

    public sealed record Payment(string Reference, int Cents);

    sealed class Payments(DbContextOptions<Payments> options) : DbContext(options)
    {
        public DbSet<StoredKey> Keys => Set<StoredKey>();

        public DbSet<Charge> Charges => Set<Charge>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<StoredKey>().HasKey(stored => stored.Key);
    }

    sealed record StoredKey(string Key);

    sealed class Charge
    {
        public int Id { get; init; }

        public required string Reference { get; init; }

        public int Cents { get; init; }
    }
}
