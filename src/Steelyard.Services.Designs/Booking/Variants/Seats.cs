using System.Data.Common;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Booking.Variants;

/// <summary>The holds of all seats: each is held, and then booked, or expired, or was refused.</summary>
internal sealed class Seats(DbDataSource database, TimeProvider time, BookingVariant variant)
{
    /// <summary>How long a hold stands.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    const string Schema =
        """
        CREATE TABLE IF NOT EXISTS holds (
            number INTEGER PRIMARY KEY, id TEXT UNIQUE, seat TEXT, expires INTEGER, state TEXT);
        CREATE INDEX IF NOT EXISTS seats ON holds (seat);
        """;

    const string Constraint =
        "CREATE UNIQUE INDEX IF NOT EXISTS taken ON holds (seat) WHERE state IN ('held', 'booked');";

    readonly Tables _tables = new(database, variant.HasConstraint ? Schema + Constraint : Schema);

    long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Holds a seat for a while, or answers as before.</summary>
    /// <param name="id">The buyer's name for the wish.</param>
    /// <param name="seat">Which seat.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <returns>False where somebody else has it.</returns>
    public async Task<bool> Hold(string id, string seat, CancellationToken cancellation)
    {
        await using var connection = await _tables.Open(cancellation).ConfigureAwait(false);
        bool? isFree = variant.ChecksBefore
            ? await IsFree(connection, seat, cancellation).ConfigureAwait(false)
            : null;
        try
        {
            return await Insert(connection, id, seat, isFree, cancellation).ConfigureAwait(false);
        }
        catch (DbException) when (connection.State == System.Data.ConnectionState.Open)
        {
            // Refused by the constraint: somebody else was faster, and that is seen from now on.
            return await Insert(connection, id, seat, false, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Books the seat that is held, or answers as before.</summary>
    /// <returns>False where it is not held, or no more.</returns>
    public async Task<bool> Confirm(string id, CancellationToken cancellation)
    {
        var states = variant.ConfirmsWhatWasTaken ? "state IN ('held', 'expired')" : "state = 'held'";
        var expiry = variant.ConfirmsLate ? "" : " AND expires > @now";
        await using var connection = await _tables.Open(cancellation).ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        // A refusal is for ever: the same request may still be on its way, sent before and overtaken.
        await connection.Execute(
            $"""
             UPDATE holds SET state = 'booked' WHERE id = @id AND {states}{expiry};
             UPDATE holds SET state = 'expired' WHERE id = @id AND state = 'held';
             INSERT INTO holds (id, state) VALUES (@id, 'refused') ON CONFLICT DO NOTHING;
             """,
            cancellation, ("id", id), ("now", Now)).ConfigureAwait(false);
        var isBooked = await State(connection, id, cancellation).ConfigureAwait(false) == "booked";
        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        return isBooked;
    }

    /// <summary>The ids of all bookings, in the order of their holds.</summary>
    public async Task<Bookings> Read(CancellationToken cancellation)
    {
        await using var connection = await _tables.Open(cancellation).ConfigureAwait(false);
        return new(await connection.Rows(
            "SELECT id FROM holds WHERE state = 'booked' ORDER BY number", row => row.GetString(0),
            cancellation).ConfigureAwait(false));
    }

    // What has expired by the clock of this host is given to the next who asks.
    async Task<bool> IsFree(DbConnection connection, string seat, CancellationToken cancellation) =>
        await connection.Scalar(
            "SELECT 1 FROM holds WHERE seat = @seat"
            + " AND (state = 'booked' OR (state = 'held' AND expires > @now))",
            cancellation, ("seat", seat), ("now", Now)).ConfigureAwait(false) is null;

    async Task<bool> Insert(
        DbConnection connection, string id, string seat, bool? isFree, CancellationToken cancellation)
    {
        await using var transaction =
            await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        if (await State(connection, id, cancellation).ConfigureAwait(false) is { } known)
            return known != "refused";
        var isHeld = isFree ?? await IsFree(connection, seat, cancellation).ConfigureAwait(false);
        var now = Now;
        if (isHeld)
            await connection.Execute(
                "UPDATE holds SET state = 'expired' WHERE seat = @seat AND state = 'held'"
                + " AND expires <= @now", cancellation, ("seat", seat), ("now", now)).ConfigureAwait(false);
        await connection.Execute(
            "INSERT INTO holds (id, seat, expires, state) VALUES (@id, @seat, @expires, @state)",
            cancellation, ("id", id), ("seat", seat),
            ("expires", now + (long)Lifetime.TotalMilliseconds), ("state", isHeld ? "held" : "refused"))
            .ConfigureAwait(false);
        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        return isHeld;
    }

    static async Task<string?> State(DbConnection connection, string id, CancellationToken cancellation) =>
        (string?)await connection.Scalar(
            "SELECT state FROM holds WHERE id = @id", cancellation, ("id", id)).ConfigureAwait(false);
}

/// <summary>What is booked.</summary>
internal sealed record Bookings(IReadOnlyList<string> Ids);
