using System.Data.Common;
using Steelyard.Services.Designs.Orders.Api;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Orders.Variants;

/// <summary>Tells what stands in the outbox, the oldest first, each at least once.</summary>
internal sealed class Notifier(Tables tables, OrderOutbox outbox, TimeProvider time) : Repeating(time)
{
    /// <inheritdoc/>
    protected override async Task<bool> Turn(CancellationToken cancellation)
    {
        await using var connection = await tables.Open(cancellation).ConfigureAwait(false);
        var first = await connection.Rows(
            "SELECT number, method, service, path FROM outbox WHERE told = 0 ORDER BY number LIMIT 1",
            row => (Number: row.GetInt64(0), Telling: Read(row)), cancellation).ConfigureAwait(false);
        if (first.Count == 0)
            return false;
        await outbox.Tell(first[0].Telling, cancellation).ConfigureAwait(false);
        await connection.Execute(
            "UPDATE outbox SET told = 1 WHERE number = @number", cancellation, ("number", first[0].Number))
            .ConfigureAwait(false);
        return true;
    }

    static Notification Read(DbDataReader row) => new(row.GetString(1), row.GetString(2), row.GetString(3));
}
