using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Analysis.Workloads.Counters;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Tests;

/// <summary>Two hosts that add to counters in a database, each in a transaction; crashes come and
/// go.</summary>
public class Ledgers : IServicesScenario
{
    const string Schema =
        "CREATE TABLE IF NOT EXISTS total (id INTEGER PRIMARY KEY, amount INTEGER);"
        + "INSERT INTO total VALUES (1, 0) ON CONFLICT DO NOTHING";

    public static void Build(ServicesWorld world) => Build(world, commits: true);

    protected static void Build(ServicesWorld world, bool commits)
    {
        world.AddDatabase("ledger")
            .AddHost("adder-1", args => Create(args, commits))
            .AddHost("adder-2", args => Create(args, commits))
            .Faults(FaultPalette.All)
            .Drive(Adders.Load("adder-1", "adder-2"))
            .Expect(new CounterBounds());
    }

    static WebApplication Create(string[] args, bool commits)
    {
        var application = WebApplication.CreateBuilder(args).Build();
        application.MapPost("/add", async (DbDataSource ledger, HttpContext request) =>
        {
            await using var connection = await ledger.OpenConnectionAsync(request.RequestAborted);
            await Execute(connection, Schema, request.RequestAborted);
            await using var transaction = await connection.BeginTransactionAsync(request.RequestAborted);
            await Execute(connection, "UPDATE total SET amount = amount + 1", request.RequestAborted);
            if (commits)
                await transaction.CommitAsync(request.RequestAborted);
        });
        application.MapGet("/total", async (DbDataSource ledger, HttpContext request) =>
        {
            await using var connection = await ledger.OpenConnectionAsync(request.RequestAborted);
            await Execute(connection, Schema, request.RequestAborted);
            await using var read = connection.CreateCommand();
            read.CommandText = "SELECT amount FROM total";
            return await read.ExecuteScalarAsync(request.RequestAborted);
        });
        return application;
    }

    static async Task Execute(DbConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

/// <summary>The same, but nothing is ever committed.</summary>
public sealed class ForgetfulLedgers : Ledgers, IServicesScenario
{
    public static new void Build(ServicesWorld world) => Build(world, commits: false);
}
