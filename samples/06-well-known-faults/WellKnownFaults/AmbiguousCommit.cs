using Microsoft.EntityFrameworkCore;

namespace WellKnownFaults;

/// <summary>Deposits by a context that repeats what failed in passing
/// (<c>EnableRetryOnFailure</c>).</summary>
/// <remarks>Wrong: a connection that breaks while the commit is answered makes the strategy do it all again,
/// though it was committed. Mended: the strategy asks first whether it was (<c>ExecuteInTransactionAsync</c>
/// with <c>verifySucceeded</c>).</remarks>
public static class AmbiguousCommit
{
    public static WebApplication CreateApp(string[] args) => Create(args, async (deposits, deposit) =>
    {
        deposits.Add(deposit);
        await deposits.SaveChangesAsync();
    });

    public static WebApplication CreateMended(string[] args) => Create(args, async (deposits, deposit) =>
    {
        deposits.Add(deposit);
        await deposits.Database.CreateExecutionStrategy().ExecuteInTransactionAsync(
            deposits,
            (context, cancellation) =>
                context.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellation),
            (context, cancellation) => context.All.AsNoTracking().AnyAsync(
                made => made.Reference == deposit.Reference, cancellation));
    });

    static WebApplication Create(string[] args, Func<Deposits, Deposit, Task> make)
    {
        var application = DatabaseSetup.WithDatabase<Deposits>(args, retries: true).Build();
        application.MapPost("/deposits", (Deposit deposit, Deposits deposits) => make(deposits, deposit));
        application.MapGet("/deposits", (Deposits deposits) =>
            deposits.All.OrderBy(deposit => deposit.Id).Select(deposit => deposit.Reference).ToListAsync());
        return application;
    }

    public sealed class Deposit
    {
        public int Id { get; init; }

        public required string Reference { get; init; }

        public int Cents { get; init; }
    }

    sealed class Deposits(DbContextOptions<Deposits> options) : DbContext(options)
    {
        public DbSet<Deposit> All => Set<Deposit>();
    }
}
