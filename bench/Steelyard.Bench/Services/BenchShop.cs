using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Bench.Services;

/// <summary>Hosts in a ring: whoever is asked asks the next one before it answers; or it notes the sale in a
/// database.</summary>
internal static class BenchShop
{
    /// <summary>A scenario of such hosts.</summary>
    /// <param name="hosts">How many hosts.</param>
    /// <param name="asks">What clients ask for: <c>relay</c>, two requests each, or <c>sell</c>, one request
    /// and one row.</param>
    /// <param name="ratePerSecond">Client requests a second, over all clients.</param>
    /// <param name="duration">How long they arrive.</param>
    /// <param name="asked">Is told of every client request; null is nobody.</param>
    public static Scenario Of(
        int hosts, string asks, double ratePerSecond, TimeSpan duration, Action<TimeProvider>? asked = null)
    {
        var world = new ServicesWorld().AddDatabase("db");
        for (var host = 0; host < hosts; host++)
        {
            var next = $"shop-{(host + 1) % hosts}";
            world.AddHost($"shop-{host}", args => Create(args, next));
        }

        return world
            .Drive(new(() => new Asking(asks), (client, _) => new Customer(client, hosts, asked))
            {
                Clients = 2 * hosts,
                RatePerSecond = ratePerSecond,
                Duration = duration,
            })
            .ToScenario("shop", "hosts in a ring");
    }

    static WebApplication Create(string[] args, string next)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddHttpClient("next", client => client.Timeout = TimeSpan.FromSeconds(1));
        var application = builder.Build();
        application.MapGet("/relay/{id}", async (string id, IHttpClientFactory clients) =>
            await clients.CreateClient("next").GetStringAsync($"http://{next}/end/{id}"));
        application.MapGet("/end/{id}", (string id) => id);
        application.MapGet("/sell/{id}", async (string id, DbDataSource database) =>
        {
            await using var connection = await database.OpenConnectionAsync();
            await using var note = connection.CreateCommand();
            note.CommandText = "CREATE TABLE IF NOT EXISTS sales (item INTEGER PRIMARY KEY, sold INTEGER);"
                + " INSERT INTO sales VALUES (@item, 1) ON CONFLICT DO UPDATE SET sold = sold + 1";
            var item = note.CreateParameter();
            (item.ParameterName, item.Value) = ("item", long.Parse(id) % 100);
            note.Parameters.Add(item);
            await note.ExecuteNonQueryAsync();
            return id;
        });
        return application;
    }

    sealed class Asking(string asks) : IWorkload
    {
        int _last;

        public Invocation Next(in Turn turn) => new(asks, Value.Nil, ++_last);

        public IEnumerable<Invocation> FinalReads(Turn turn) => [];
    }

    sealed class Customer(IClientWorld world, int hosts, Action<TimeProvider>? asked)
        : HttpServiceClient(
            world, [.. Enumerable.Range(0, hosts).Select(host => $"shop-{host}").Prepend("db")])
    {
        public override async ValueTask<Completion> Invoke(Invocation invocation)
        {
            asked?.Invoke(World.Clock);
            using var limit = After(TimeSpan.FromSeconds(1));
            var shop = World.Process % hosts;
            return Completion.Ok(await Http.GetStringAsync(
                $"http://shop-{shop}/{invocation.Function}/{invocation.Input}", limit.Token));
        }
    }
}
