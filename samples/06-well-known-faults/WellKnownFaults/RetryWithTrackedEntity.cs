using System.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace WellKnownFaults;

/// <summary>Deposits, each an entry of an account, tried again where the database could not serialize
/// them.</summary>
/// <remarks>Wrong: the next attempt goes on with the context of the one before, which still has the account
/// with the deposit in it, and adds it again. Mended: the context forgets what it tracks
/// (<c>ChangeTracker.Clear</c>).</remarks>
public static class RetryWithTrackedEntity
{
    const int MostAttempts = 10;

    public static WebApplication CreateApp(string[] args) => Create(args, _ => { });

    public static WebApplication CreateMended(string[] args) =>
        Create(args, context => context.ChangeTracker.Clear());

    static WebApplication Create(string[] args, Action<DbContext> beforeNextAttempt)
    {
        var application = DatabaseSetup.WithDatabase<Accounts>(args).Build();
        application.MapPost("/deposits", async (Deposit deposit, Accounts accounts) =>
        {
            for (var attempt = 1; attempt <= MostAttempts; attempt++)
            {
                try
                {
                    await Make(deposit, accounts);
                    return Results.Ok();
                }
                catch (DbUpdateException failure) when (failure.IsDuplicate())
                {
                    return Results.Ok();
                }
                catch (Exception failure) when (CouldNotSerialize(failure))
                {
                    beforeNextAttempt(accounts);
                }
            }

            return Results.StatusCode(503);
        });
        application.MapGet("/deposits", (Accounts accounts) =>
            accounts.All.Select(account => account.Entries).SingleAsync());
        return application;
    }

    static async Task Make(Deposit deposit, Accounts accounts)
    {
        await using var transaction =
            await accounts.Database.BeginTransactionAsync(IsolationLevel.Serializable);
        var account = await accounts.All.SingleAsync();
        account.Entries.Add(deposit.Id);
        accounts.Add(deposit);
        await accounts.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    static bool CouldNotSerialize(Exception? failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure }
        || (failure is not null && CouldNotSerialize(failure.InnerException));

    public sealed record Deposit(string Id);

    sealed class Account
    {
        public int Id { get; init; }

        public List<string> Entries { get; init; } = [];
    }

    sealed class Accounts(DbContextOptions<Accounts> options) : DbContext(options)
    {
        public DbSet<Account> All => Set<Account>();

        public DbSet<Deposit> Deposits => Set<Deposit>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Account>().HasData(new Account { Id = 1 });
    }
}
