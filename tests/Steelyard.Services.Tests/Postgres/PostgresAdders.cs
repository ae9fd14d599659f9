using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Steelyard.Analysis.Workloads.Counters;
using Steelyard.Services.Postgres;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Tests.Postgres;

/// <summary>Two hosts that add to one row of a PostgreSQL, as Npgsql's documentation has it.</summary>
public class PostgresAdders : IServicesScenario
{
    protected const string Schema =
        "CREATE TABLE total (id int PRIMARY KEY, amount int NOT NULL); INSERT INTO total VALUES (1, 0)";

    public static void Build(ServicesWorld world) => Build(world, FaultPalette.All);

    protected static ServicesWorld Build(
        ServicesWorld world, FaultPalette faults, bool commits = true, bool isSynchronous = true) => world
        .AddPostgres("ledger", new() { Schema = Schema, SynchronousCommit = isSynchronous })
        .AddHost("adder-1", args => Create(args, commits))
        .AddHost("adder-2", args => Create(args, commits))
        .Faults(faults)
        .Drive(Adders.Load("adder-1", "adder-2"))
        .Expect(new CounterBounds());

    static WebApplication Create(string[] args, bool commits)
    {
        var builder = WebApplication.CreateBuilder(args);
        var ledger = NpgsqlDataSource.Create(builder.Configuration.GetConnectionString("ledger")!);
        var application = builder.Build();
        application.MapPost("/add", async () =>
        {
            await using var connection = await ledger.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var add = new NpgsqlCommand("UPDATE total SET amount = amount + 1", connection);
            await add.ExecuteNonQueryAsync();
            if (commits)
                await transaction.CommitAsync();
        });
        application.MapGet("/total", async () =>
        {
            await using var read = ledger.CreateCommand("SELECT amount FROM total");
            return await read.ExecuteScalarAsync();
        });
        return application;
    }
}

/// <summary>The same, and nothing breaks.</summary>
public sealed class CalmPostgresAdders : PostgresAdders, IServicesScenario
{
    public static new void Build(ServicesWorld world) => Build(world, FaultPalette.None);
}

/// <summary>The same, but nothing is ever committed.</summary>
public sealed class ForgetfulPostgresAdders : PostgresAdders, IServicesScenario
{
    public static new void Build(ServicesWorld world) => Build(world, FaultPalette.None, commits: false);
}

/// <summary>The same, on a server that acknowledges commits before they are on disk; hosts crash.</summary>
public sealed class HastyPostgresAdders : PostgresAdders, IServicesScenario
{
    public static new void Build(ServicesWorld world) =>
        Build(world, FaultPalette.Crash, isSynchronous: false);
}
