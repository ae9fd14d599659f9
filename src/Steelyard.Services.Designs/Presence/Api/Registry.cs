using System.Data.Common;
using System.Globalization;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.Presence.Variants;

namespace Steelyard.Services.Designs.Presence.Api;

/// <summary>
/// Who is online, for all hosts: one row for each user, with the connection that stands for him and the
/// lease of it (Gray and Cheriton 1989). Connections of a user are numbered upwards; the number is the
/// fencing token. Each change of the table gets the next number of the sequence.
/// </summary>
internal sealed class Registry(DbDataSource database, TimeProvider time, PresenceVariant variant)
{
    /// <summary>How long a connection counts as open without a renewal.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(3);

    /// <summary>How long a host waits for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(800);

    const string Schema =
        """
        CREATE TABLE IF NOT EXISTS presence (
            user INTEGER PRIMARY KEY, connection INTEGER, state TEXT, expires INTEGER, seq INTEGER)
        """;

    const string Next = "(SELECT COALESCE(MAX(seq), 0) + 1 FROM presence)";

    readonly Tables _tables = new(database, Schema);

    long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    long Expiry => (time.GetUtcNow() + Lease).ToUnixTimeMilliseconds();

    /// <summary>A user is online, by a connection.</summary>
    /// <returns>False where he has a later one.</returns>
    public async Task<bool> Open(int user, long connection) =>
        await Change(
            $"""
             INSERT INTO presence VALUES (@user, @connection, 'online', @expires, {Next})
             ON CONFLICT (user) DO UPDATE
             SET connection = excluded.connection, state = 'online', expires = excluded.expires,
                 seq = excluded.seq
             WHERE excluded.connection > presence.connection
             """,
            ("user", user), ("connection", connection), ("expires", Expiry)).ConfigureAwait(false) == 1;

    /// <summary>A connection of a user is over, and with it, if it
    /// is the one that stands for him, his being online.</summary>
    public Task Close(int user, long connection)
    {
        var whose = variant.ClosesByUser ? "" : " AND connection = @connection";
        return Change(
            $"UPDATE presence SET state = 'closed', seq = {Next} WHERE user = @user{whose}",
            ("user", user), ("connection", connection));
    }

    /// <summary>Lets the leases of connections begin anew, those too that ended while the registry was
    /// away: or else its return would cut everybody off.</summary>
    /// <returns>Those that have one; a user has come elsewhere by the others, or they are closed.</returns>
    public Task<List<long>> Renew(IReadOnlyList<long> connections)
    {
        var numbers = string.Join(
            ", ", connections.Select(number => number.ToString(CultureInfo.InvariantCulture)));
        return Rows(
            $"""
             UPDATE presence SET state = 'online', expires = @expires,
                 seq = CASE state WHEN 'expired' THEN {Next} ELSE seq END
             WHERE connection IN ({numbers}) AND state <> 'closed' RETURNING connection
             """,
            row => row.GetInt64(0), ("expires", Expiry));
    }

    /// <summary>Takes everybody offline whose lease is over.</summary>
    public Task Sweep() => Change(
        $"UPDATE presence SET state = 'expired', seq = {Next} WHERE state = 'online' AND expires <= @now",
        ("now", Now));

    /// <summary>Everybody who is online.</summary>
    public Task<List<int>> Online() =>
        Rows("SELECT user FROM presence WHERE state = 'online' ORDER BY user", row => row.GetInt32(0));

    /// <summary>What is new after a place in the sequence of changes.</summary>
    public Task<List<PresenceChange>> After(long seq) => Rows(
        "SELECT user, state = 'online', seq FROM presence WHERE seq > @seq ORDER BY seq, user",
        row => new PresenceChange(row.GetInt32(0), row.GetInt64(1) == 1, row.GetInt64(2)), ("seq", seq));

    async Task<int> Change(string sql, params (string, object?)[] parameters)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        return await Run().WaitAsync(limit.Token).ConfigureAwait(false);

        async Task<int> Run()
        {
            await using var connection = await _tables.Open(limit.Token).ConfigureAwait(false);
            return await connection.Execute(sql, limit.Token, parameters).ConfigureAwait(false);
        }
    }

    async Task<List<T>> Rows<T>(
        string sql, Func<DbDataReader, T> read, params (string, object?)[] parameters)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        return await Run().WaitAsync(limit.Token).ConfigureAwait(false);

        async Task<List<T>> Run()
        {
            await using var connection = await _tables.Open(limit.Token).ConfigureAwait(false);
            return await connection.Rows(sql, read, limit.Token, parameters).ConfigureAwait(false);
        }
    }
}

/// <summary>A user came or went.</summary>
/// <param name="User">Who.</param>
/// <param name="Online">Whether he is online now.</param>
/// <param name="Seq">The place in the sequence of changes.</param>
internal sealed record PresenceChange(int User, bool Online, long Seq);

/// <summary>What a host tells a friend.</summary>
/// <param name="Seq">Up to where in the sequence of changes he knows all with it.</param>
/// <param name="Changes">What is new of his friends; may be nothing.</param>
internal sealed record Update(long Seq, IReadOnlyList<PresenceChange> Changes);
