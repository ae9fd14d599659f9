using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.QueueConsumer.Variants;

/// <summary>What messages did: one row for each time one took effect.</summary>
internal sealed class Effects(
    [FromKeyedServices(QueueScenario.EffectsDatabase)] DbDataSource database, QueueVariant variant)
{
    readonly HashSet<string> _processed = [];
    readonly Tables _tables = new(
        database,
        """
        CREATE TABLE IF NOT EXISTS effects (number INTEGER PRIMARY KEY, id TEXT);
        CREATE TABLE IF NOT EXISTS processed (id TEXT PRIMARY KEY);
        """);

    /// <summary>Lets a message take effect, unless it is known to have done so.</summary>
    public async Task Apply(string id, CancellationToken cancellation)
    {
        if (variant.Memory == ConsumerMemory.OfHost && _processed.Contains(id))
            return;
        await using var connection = await _tables.Open(cancellation).ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        if (variant.Memory != ConsumerMemory.WithEffect
            || await Note(connection, id, cancellation).ConfigureAwait(false))
            await connection.Execute("INSERT INTO effects (id) VALUES (@id)", cancellation, ("id", id))
                .ConfigureAwait(false);
        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        _processed.Add(id);
    }

    /// <summary>All effects, in order, with repeats.</summary>
    public async Task<EffectsState> Read(CancellationToken cancellation)
    {
        await using var connection = await _tables.Open(cancellation).ConfigureAwait(false);
        return new(await connection.Rows(
            "SELECT id FROM effects ORDER BY number", row => row.GetString(0), cancellation)
            .ConfigureAwait(false));
    }

    static async Task<bool> Note(DbConnection connection, string id, CancellationToken cancellation) =>
        await connection.Execute(
            "INSERT INTO processed VALUES (@id) ON CONFLICT DO NOTHING", cancellation, ("id", id))
            .ConfigureAwait(false) == 1;
}

/// <summary>What consumers show.</summary>
internal sealed record EffectsState(IReadOnlyList<string> Applied);
