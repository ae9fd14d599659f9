using System.Data.Common;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Analysis.Workloads.Counters;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Tests;

/// <summary>Two hosts that add to a counter in a database, through libraries that stand on DbConnection: only
/// the registration differs from what they would have elsewhere.</summary>
public static class Mappers
{
    const string Schema =
        "CREATE TABLE IF NOT EXISTS counters (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL);"
        + "INSERT INTO counters VALUES (1, 0) ON CONFLICT DO NOTHING";

    public static void Build(ServicesWorld world, Func<string[], WebApplication> create) => world
        .AddDatabase("counters-db")
        .AddHost("adder-1", create)
        .AddHost("adder-2", create)
        .Faults(FaultPalette.All)
        .Drive(Adders.Load("adder-1", "adder-2"))
        .Expect(new CounterBounds());

    /// <summary>Dapper, on a connection that each request gets.</summary>
    public static WebApplication WithDapper(string[] args)
    {
        var application = WebApplication.CreateBuilder(args).Build();
        application.MapPost("/add", async (DbConnection connection) =>
        {
            await connection.OpenAsync();
            await connection.ExecuteAsync(Schema);
            await using var transaction = await connection.BeginTransactionAsync();
            var amount = await connection.QuerySingleAsync<long>(
                "SELECT amount FROM counters WHERE id = @id", new { id = 1 }, transaction);
            await connection.ExecuteAsync(
                "UPDATE counters SET amount = @amount WHERE id = @id", new { id = 1, amount = amount + 1 },
                transaction);
            await transaction.CommitAsync();
        });
        application.MapGet("/total", async (DbConnection connection) =>
        {
            await connection.OpenAsync();
            await connection.ExecuteAsync(Schema);
            return await connection.ExecuteScalarAsync<long>("SELECT amount FROM counters");
        });
        return application;
    }

    /// <summary>EF Core, with SQLite's provider on a connection of the world.</summary>
    public static WebApplication WithEfCore(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddDbContext<Counters>(
            (services, options) => options.UseSqlite(services.GetRequiredService<DbConnection>()));
        var application = builder.Build();
        application.MapPost("/add", async (Counters counters) =>
        {
            await counters.Database.ExecuteSqlRawAsync(Schema);
            await using var transaction = await counters.Database.BeginTransactionAsync();
            var counter = await counters.All.SingleAsync(each => each.Id == 1);
            counter.Amount++;
            await counters.SaveChangesAsync();
            await transaction.CommitAsync();
        });
        application.MapGet("/total", async (Counters counters) =>
        {
            await counters.Database.ExecuteSqlRawAsync(Schema);
            return await counters.All.AsNoTracking().SumAsync(each => each.Amount);
        });
        return application;
    }

    sealed class Counters(DbContextOptions<Counters> options) : DbContext(options)
    {
        public DbSet<Counter> All => Set<Counter>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Counter>(counter =>
            {
                counter.ToTable("counters");
                counter.Property(each => each.Id).HasColumnName("id");
                counter.Property(each => each.Amount).HasColumnName("amount");
            });
    }

    sealed class Counter
    {
        public long Id { get; set; }

        public long Amount { get; set; }
    }
}

public sealed class DapperCounters : IServicesScenario
{
    public static void Build(ServicesWorld world) => Mappers.Build(world, Mappers.WithDapper);
}

public sealed class EfCoreCounters : IServicesScenario
{
    public static void Build(ServicesWorld world) => Mappers.Build(world, Mappers.WithEfCore);
}
