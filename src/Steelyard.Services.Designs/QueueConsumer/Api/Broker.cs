using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.QueueConsumer.Variants;

namespace Steelyard.Services.Designs.QueueConsumer.Api;

/// <summary>
/// The messages of a queue. One that is handed out is hidden for a while, and handed out again unless it is
/// acknowledged by then: at least once. The oldest comes first.
/// </summary>
internal sealed class Broker(
    [FromKeyedServices(QueueScenario.QueueDatabase)] DbDataSource database, TimeProvider time,
    QueueVariant variant)
{
    // So often a message may fail. Hosts that crash are no fault of the message, and do not count.
    const int MostFailures = 5;
    static readonly TimeSpan Hidden = TimeSpan.FromSeconds(1.5);

    readonly Tables _tables = new(
        database,
        """
        CREATE TABLE IF NOT EXISTS messages (
            number INTEGER PRIMARY KEY, id TEXT UNIQUE, poison INTEGER, visible INTEGER, failures INTEGER,
            state TEXT);
        CREATE INDEX IF NOT EXISTS ready ON messages (number) WHERE state = 'ready';
        """);

    /// <summary>Takes a message; the same again under the same id.</summary>
    public Task Send(string id, bool poison, CancellationToken cancellation) => Execute(
        "INSERT INTO messages (id, poison, visible, failures, state) VALUES (@id, @poison, 0, 0, 'ready')"
        + " ON CONFLICT DO NOTHING", cancellation, ("id", id), ("poison", poison ? 1 : 0));

    /// <summary>Hands out the oldest message that is not hidden, and hides it.</summary>
    /// <returns>Without an id where there is none.</returns>
    public async Task<Delivery> Receive(CancellationToken cancellation)
    {
        await using var connection = await _tables.Open(cancellation).ConfigureAwait(false);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var handed = await connection.Rows(
            "UPDATE messages SET visible = @until WHERE number = (SELECT number FROM messages"
            + " WHERE state = 'ready' AND visible <= @now ORDER BY number LIMIT 1) RETURNING id, poison",
            row => new Delivery(row.GetString(0), row.GetInt64(1) == 1), cancellation, ("now", now),
            ("until", now + (long)Hidden.TotalMilliseconds)).ConfigureAwait(false);
        return handed.Count == 0 ? new(null, false) : handed[0];
    }

    /// <summary>It is done, and never handed out again.</summary>
    public Task Acknowledge(string id, CancellationToken cancellation) => Execute(
        "UPDATE messages SET state = 'done' WHERE id = @id AND state = 'ready'", cancellation, ("id", id));

    /// <summary>It failed: it is handed out again at once, or set aside as a dead letter.</summary>
    public Task Fail(string id, CancellationToken cancellation) => Execute(
        $"""
         UPDATE messages SET failures = failures + 1, visible = 0,
             state = CASE WHEN failures + 1 >= {MostFailures} AND @aside = 1 THEN 'dead' ELSE state END
         WHERE id = @id AND state = 'ready';
         """, cancellation, ("id", id), ("aside", variant.SetsAside ? 1 : 0));

    /// <summary>What still waits, and the dead letters.</summary>
    public async Task<QueueState> Read(CancellationToken cancellation)
    {
        await using var connection = await _tables.Open(cancellation).ConfigureAwait(false);
        var waiting = await connection.Scalar(
            "SELECT COUNT(*) FROM messages WHERE state = 'ready'", cancellation).ConfigureAwait(false);
        var dead = await connection.Rows(
            "SELECT id FROM messages WHERE state = 'dead' ORDER BY number", row => row.GetString(0),
            cancellation).ConfigureAwait(false);
        return new(Convert.ToInt64(waiting, CultureInfo.InvariantCulture), dead);
    }

    async Task Execute(
        string sql, CancellationToken cancellation, params (string Name, object? Value)[] parameters)
    {
        await using var connection = await _tables.Open(cancellation).ConfigureAwait(false);
        await connection.Execute(sql, cancellation, parameters).ConfigureAwait(false);
    }
}

/// <summary>A message that is handed out.</summary>
/// <param name="Id">Its id; null where nothing waits.</param>
/// <param name="Poison">Whether nobody can process it.</param>
internal sealed record Delivery(string? Id, bool Poison);

/// <summary>What a queue shows.</summary>
/// <param name="Waiting">Messages that are neither done nor dead.</param>
/// <param name="Dead">Ids of the dead letters.</param>
internal sealed record QueueState(long Waiting, IReadOnlyList<string> Dead);
