using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Designs.Cart.Promises;
using Steelyard.Services.Designs.Cart.Variants;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Cart.Api;

/// <summary>
/// The carts of one replica and the log of all changes that made them, its
/// own and those of others, in the order in which they came: what a change
/// follows stands before it, at every replica (Bayou, Petersen et al. 1997).
/// </summary>
internal sealed class Carts(
    IServiceProvider services, CartReplica replica, CartVariant variant, TimeProvider time)
{
    /// <summary>How many changes are handed on at once: as many as are applied within the second that a turn
    /// of replication has, over slow links too.</summary>
    public const int MostChanges = 20;

    readonly Tables _tables = new(
        services.GetRequiredKeyedService<DbDataSource>(replica.Database),
        """
        CREATE TABLE IF NOT EXISTS log (
            place INTEGER PRIMARY KEY, origin INTEGER, number INTEGER, cart TEXT, entry TEXT,
            removal INTEGER, time INTEGER, contents TEXT, UNIQUE (origin, number));
        CREATE TABLE IF NOT EXISTS entries (
            cart TEXT, entry TEXT, removed INTEGER, PRIMARY KEY (cart, entry));
        CREATE TABLE IF NOT EXISTS writers (cart TEXT PRIMARY KEY, time INTEGER, origin INTEGER);
        """);

    /// <summary>Takes a change.</summary>
    /// <param name="cart">Which cart.</param>
    /// <param name="entry">Which entry.</param>
    /// <param name="isRemoval">Whether it goes out.</param>
    /// <param name="after">What must be here before.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <returns>What is here afterwards; null where something is missing.</returns>
    public async Task<CartVersion?> Write(
        string cart, string entry, bool isRemoval, CartVersion after, CancellationToken cancellation)
    {
        await using var connection = await _tables.Open(cancellation).ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        var version = await Version(connection, cancellation).ConfigureAwait(false);
        if (!version.Covers(after))
            return null;
        var change = new CartChange(replica.Place, version.Known[replica.Place] + 1, cart, entry, isRemoval)
        {
            Time = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        await Record(
            connection, await variant.Rule.Complete(connection, change, cancellation).ConfigureAwait(false),
            cancellation).ConfigureAwait(false);
        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        return version.With(change.Origin, change.Number);
    }

    /// <summary>Shows a cart, and what it was made from.</summary>
    /// <returns>Null where something is missing.</returns>
    public async Task<CartView?> Look(string cart, CartVersion after, CancellationToken cancellation)
    {
        await using var connection = await _tables.Open(cancellation).ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        var version = await Version(connection, cancellation).ConfigureAwait(false);
        if (!version.Covers(after))
            return null;
        return new(version, await connection.Rows(
            "SELECT entry FROM entries WHERE cart = @cart AND removed = 0 ORDER BY entry",
            row => row.GetString(0), cancellation, ("cart", cart)).ConfigureAwait(false));
    }

    /// <summary>What is here.</summary>
    public async Task<CartVersion> Version(CancellationToken cancellation)
    {
        await using var connection = await _tables.Open(cancellation).ConfigureAwait(false);
        return await Version(connection, cancellation).ConfigureAwait(false);
    }

    /// <summary>The first changes that somebody else lacks, in the order in which they came.</summary>
    public async Task<IReadOnlyList<CartChange>> ChangesAfter(
        CartVersion version, CancellationToken cancellation)
    {
        await using var connection = await _tables.Open(cancellation).ConfigureAwait(false);
        var lacks = string.Join(" OR ", version.Known.Select(
            (number, place) => FormattableString.Invariant($"(origin = {place} AND number > {number})")));
        return await connection.Rows(
            "SELECT origin, number, cart, entry, removal, time, contents FROM log"
            + $" WHERE {lacks} ORDER BY place LIMIT {MostChanges}", ReadChange, cancellation)
            .ConfigureAwait(false);
    }

    /// <summary>Takes changes of others, each once and in order.</summary>
    public async Task Apply(IReadOnlyList<CartChange> changes, CancellationToken cancellation)
    {
        await using var connection = await _tables.Open(cancellation).ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        var version = await Version(connection, cancellation).ConfigureAwait(false);
        foreach (var change in changes)
        {
            // Whoever asked at the same time may have brought it already.
            if (change.Number != version.Known[change.Origin] + 1)
                continue;
            await Record(connection, change, cancellation).ConfigureAwait(false);
            version = version.With(change.Origin, change.Number);
        }

        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>All carts.</summary>
    public async Task<IReadOnlyList<EntryOfCart>> All(CancellationToken cancellation)
    {
        await using var connection = await _tables.Open(cancellation).ConfigureAwait(false);
        return await connection.Rows(
            "SELECT cart, entry FROM entries WHERE removed = 0 ORDER BY cart, entry",
            row => new EntryOfCart(row.GetString(0), row.GetString(1)), cancellation).ConfigureAwait(false);
    }

    static CartChange ReadChange(DbDataReader row) => new(
        (int)row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetInt64(4) == 1)
    {
        Time = row.GetInt64(5),
        Contents = row.IsDBNull(6) ? null : row.GetString(6),
    };

    async Task Record(DbConnection connection, CartChange change, CancellationToken cancellation)
    {
        await connection.Execute(
            "INSERT INTO log (origin, number, cart, entry, removal, time, contents)"
            + " VALUES (@origin, @number, @cart, @entry, @removal, @time, @contents)", cancellation,
            ("origin", change.Origin), ("number", change.Number), ("cart", change.Cart),
            ("entry", change.Entry), ("removal", change.IsRemoval ? 1 : 0), ("time", change.Time),
            ("contents", change.Contents)).ConfigureAwait(false);
        await variant.Rule.Apply(connection, change, cancellation).ConfigureAwait(false);
    }

    static async Task<CartVersion> Version(DbConnection connection, CancellationToken cancellation)
    {
        var version = CartVersion.Nothing(CartScenario.Hosts.Count);
        var last = await connection.Rows(
            "SELECT origin, MAX(number) FROM log GROUP BY origin",
            row => (Origin: (int)row.GetInt64(0), Number: row.GetInt64(1)), cancellation)
            .ConfigureAwait(false);
        return last.Aggregate(version, (known, next) => known.With(next.Origin, next.Number));
    }
}

/// <summary>One replica.</summary>
/// <param name="Place">Its place among them, from 0 up.</param>
/// <param name="Database">The name of its database.</param>
internal sealed record CartReplica(int Place, string Database);

/// <summary>A cart as a replica shows it.</summary>
/// <param name="Version">What it was made from.</param>
/// <param name="Entries">What is in it, in order of their names.</param>
internal sealed record CartView(CartVersion Version, IReadOnlyList<string> Entries);

/// <summary>An entry, and the cart it is in.</summary>
internal sealed record EntryOfCart(string Cart, string Entry);
