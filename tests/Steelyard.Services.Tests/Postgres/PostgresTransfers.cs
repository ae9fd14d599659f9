using System.Data;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Tests.Postgres;

/// <summary>Three hosts that move money between four accounts in transactions of either kind: so they wait
/// for each other's locks, close circles of waits, and are refused by SSI. Each answer says how it
/// went.</summary>
public class PostgresTransfers : IServicesScenario
{
    const string Schema =
        "CREATE TABLE account (id int PRIMARY KEY, amount int NOT NULL);"
        + "INSERT INTO account SELECT id, 1000 FROM generate_series(1, 4) id";

    public static void Build(ServicesWorld world) => Build(world, Move);

    protected delegate Task Mover(NpgsqlDataSource bank, int from, int to, IsolationLevel isolation);

    protected static void Build(ServicesWorld world, Mover move)
    {
        WebApplication Create(string[] args) => PostgresTransfers.Create(args, move);
        world.SuccessFloor = 0.1;
        world.AddPostgres("bank", new() { Schema = Schema })
            .AddHost("teller-1", Create).AddHost("teller-2", Create).AddHost("teller-3", Create)
            .Drive(new(() => new Moving(), (client, hosts) => new Asking(client, hosts))
            {
                Clients = 12, RatePerSecond = 300, Duration = TimeSpan.FromSeconds(3),
            });
    }

    static WebApplication Create(string[] args, Mover move)
    {
        var builder = WebApplication.CreateBuilder(args);
        var bank = NpgsqlDataSource.Create(builder.Configuration.GetConnectionString("bank")!);
        var application = builder.Build();
        application.MapPost("/move/{from}/{to}/{isolation}", (int from, int to, IsolationLevel isolation) =>
            Try(() => move(bank, from, to, isolation)));
        return application;
    }

    static async Task<string> Try(Func<Task> move)
    {
        try
        {
            await move();
            return "done";
        }
        catch (PostgresException refused)
        {
            return $"{refused.SqlState} {refused.Detail}";
        }
    }

    static async Task Move(NpgsqlDataSource bank, int from, int to, IsolationLevel isolation)
    {
        await using var connection = await bank.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(isolation);
        var locks = isolation == IsolationLevel.ReadCommitted ? " FOR UPDATE" : "";
        var look = $"SELECT amount FROM account WHERE id = $1{locks}";
        await using (var read = new NpgsqlCommand(look, connection))
        {
            read.Parameters.Add(new() { Value = from });
            await read.ExecuteScalarAsync();
        }

        foreach (var (id, change) in new[] { (from, -1), (to, 1) })
        {
            await using var write = new NpgsqlCommand(
                "UPDATE account SET amount = amount + $1 WHERE id = $2", connection);
            write.Parameters.Add(new() { Value = change });
            write.Parameters.Add(new() { Value = id });
            await write.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    sealed class Moving : IWorkload
    {
        public Invocation Next(in Turn turn)
        {
            var from = turn.Random.Next(4) + 1;
            var to = (from + turn.Random.Next(3)) % 4 + 1;
            var isolation = turn.Random.Chance(0.5) ? "ReadCommitted" : "Serializable";
            return new("move", Value.Nil, $"{from}/{to}/{isolation}");
        }

        public IEnumerable<Invocation> FinalReads(Turn turn) => [];
    }

    sealed class Asking(IClientWorld world, IReadOnlyList<string> hosts) : HttpServiceClient(world, hosts)
    {
        public override async ValueTask<Completion> Invoke(Invocation invocation)
        {
            var host = string.Create(CultureInfo.InvariantCulture, $"teller-{(World.Process % 3) + 1}");
            using var answer = await Http.PostAsync($"http://{host}/move/{invocation.Input}", null);
            return Completion.Ok(await answer.Content.ReadAsStringAsync());
        }
    }
}

/// <summary>The same by Npgsql's synchronous calls, which hold up their thread.</summary>
public sealed class SynchronousPostgresTransfers : PostgresTransfers, IServicesScenario
{
    public static new void Build(ServicesWorld world) => Build(world, Move);

    static Task Move(NpgsqlDataSource bank, int from, int to, IsolationLevel isolation)
    {
        using var connection = bank.OpenConnection();
        using var transaction = connection.BeginTransaction(isolation);
        var locks = isolation == IsolationLevel.ReadCommitted ? " FOR UPDATE" : "";
        var look = $"SELECT amount FROM account WHERE id = {from}{locks}";
        using (var read = new NpgsqlCommand(look, connection))
            read.ExecuteScalar();
        foreach (var (id, change) in new[] { (from, -1), (to, 1) })
        {
            var update = $"UPDATE account SET amount = amount + {change} WHERE id = {id}";
            using var write = new NpgsqlCommand(update, connection);
            write.ExecuteNonQuery();
        }

        transaction.Commit();
        return Task.CompletedTask;
    }
}
