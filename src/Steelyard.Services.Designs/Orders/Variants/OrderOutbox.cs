using System.Data.Common;
using Steelyard.Services.Designs.Orders.Api;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Orders.Variants;

/// <summary>What a service has to tell, kept in its database until it is told.</summary>
internal sealed class OrderOutbox(IHttpClientFactory clients, OrdersVariant variant)
{
    /// <summary>Makes its table.</summary>
    public const string Schema =
        """

        CREATE TABLE IF NOT EXISTS outbox (
            number INTEGER PRIMARY KEY, method TEXT, service TEXT, path TEXT, told INTEGER DEFAULT 0);
        CREATE INDEX IF NOT EXISTS untold ON outbox (number) WHERE told = 0;
        """;

    int _turns;

    /// <summary>Commits a change, and with it what is to be told of it.</summary>
    public async Task Commit(
        DbTransaction transaction, IReadOnlyList<Notification> tellings, CancellationToken cancellation)
    {
        if (variant.KeepsTellings)
            foreach (var telling in tellings)
                await Add(transaction.Connection!, telling, cancellation).ConfigureAwait(false);
        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        if (!variant.KeepsTellings)
            foreach (var telling in tellings)
                await Tell(telling, cancellation).ConfigureAwait(false);
    }

    /// <summary>Tells once. Of the hosts of a service another one
    /// is asked each time: one of them may be away.</summary>
    public async Task Tell(Notification telling, CancellationToken cancellation)
    {
        var hosts = OrdersScenario.HostsOf(telling.Service);
        var host = hosts[_turns++ % hosts.Count];
        using var client = clients.CreateClient(Neighbours.Client);
        using var request =
            new HttpRequestMessage(new(telling.Method), new Uri($"http://{host}/{telling.Path}"));
        using var answer = await client.SendAsync(request, cancellation).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
    }

    static Task Add(DbConnection connection, Notification telling, CancellationToken cancellation) =>
        connection.Execute(
            "INSERT INTO outbox (method, service, path) VALUES (@method, @service, @path)", cancellation,
            ("method", telling.Method), ("service", telling.Service), ("path", telling.Path));
}
