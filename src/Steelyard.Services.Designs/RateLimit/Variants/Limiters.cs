using System.Data.Common;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.RateLimit.Api;

namespace Steelyard.Services.Designs.RateLimit.Variants;

/// <summary>Says whether a request may pass.</summary>
internal interface ILimiter
{
    /// <summary>Takes a token from a bucket.</summary>
    /// <param name="bucket">Which.</param>
    /// <param name="quota">How it is filled.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <returns>False where it is empty.</returns>
    Task<bool> Take(string bucket, Quota quota, CancellationToken cancellation);
}

/// <summary>
/// A token bucket in the form of the generic cell rate algorithm (ITU-T I.371, annex A, virtual scheduling):
/// of each bucket only the time is kept at which it will be full again. A request moves that time on, and may
/// pass if it does not come to lie further ahead than a full bucket is worth.
/// </summary>
internal sealed class SharedBuckets(DbDataSource database, TimeProvider time, bool readsFirst) : ILimiter
{
    const string Schema = "CREATE TABLE IF NOT EXISTS buckets (name TEXT PRIMARY KEY, full INTEGER)";

    readonly Tables _tables = new(database, Schema);

    /// <inheritdoc/>
    public async Task<bool> Take(string bucket, Quota quota, CancellationToken cancellation)
    {
        await using var connection = await _tables.Open(cancellation).ConfigureAwait(false);
        var now = time.GetUtcNow().Ticks;
        return readsFirst
            ? await TakeByTwo(connection, bucket, quota, now, cancellation).ConfigureAwait(false)
            : await TakeByOne(connection, bucket, quota, now, cancellation).ConfigureAwait(false);
    }

    static async Task<bool> TakeByOne(
        DbConnection connection, string bucket, Quota quota, long now, CancellationToken cancellation) =>
        await connection.Execute(
            """
            INSERT INTO buckets VALUES (@bucket, @now + @interval)
            ON CONFLICT (name) DO UPDATE SET full = MAX(full, @now) + @interval
            WHERE MAX(full, @now) + @interval <= @now + @interval * @burst
            """,
            cancellation, ("bucket", bucket), ("now", now), ("interval", quota.Interval.Ticks),
            ("burst", quota.Burst)).ConfigureAwait(false) == 1;

    static async Task<bool> TakeByTwo(
        DbConnection connection, string bucket, Quota quota, long now, CancellationToken cancellation)
    {
        var full = (long?)await connection.Scalar(
            "SELECT full FROM buckets WHERE name = @bucket", cancellation, ("bucket", bucket))
            .ConfigureAwait(false) ?? 0;
        var next = Math.Max(full, now) + quota.Interval.Ticks;
        if (next > now + (quota.Interval.Ticks * quota.Burst))
            return false;
        await connection.Execute(
            "INSERT INTO buckets VALUES (@bucket, @next) ON CONFLICT (name) DO UPDATE SET full = @next",
            cancellation, ("bucket", bucket), ("next", next)).ConfigureAwait(false);
        return true;
    }
}

/// <summary>The same in the memory of one host.</summary>
internal sealed class BucketsInHost(TimeProvider time) : ILimiter
{
    readonly SortedDictionary<string, long> _full = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<bool> Take(string bucket, Quota quota, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().Ticks;
        var next = Math.Max(_full.GetValueOrDefault(bucket), now) + quota.Interval.Ticks;
        if (next > now + (quota.Interval.Ticks * quota.Burst))
            return Task.FromResult(false);
        _full[bucket] = next;
        return Task.FromResult(true);
    }
}

/// <summary>A count for each window, in the database: as much as a bucket gives in that time.</summary>
internal sealed class FixedWindows(DbDataSource database, TimeProvider time) : ILimiter
{
    const string Schema =
        "CREATE TABLE IF NOT EXISTS windows (name TEXT PRIMARY KEY, number INTEGER, count INTEGER)";

    readonly Tables _tables = new(database, Schema);

    /// <inheritdoc/>
    public async Task<bool> Take(string bucket, Quota quota, CancellationToken cancellation)
    {
        await using var connection = await _tables.Open(cancellation).ConfigureAwait(false);
        return await connection.Execute(
            """
            INSERT INTO windows VALUES (@bucket, @number, 1)
            ON CONFLICT (name) DO UPDATE
            SET count = CASE WHEN number < @number THEN 1 ELSE count + 1 END, number = MAX(number, @number)
            WHERE number < @number OR count < @most
            """,
            cancellation, ("bucket", bucket), ("number", time.GetUtcNow().Ticks / Quota.Window.Ticks),
            ("most", quota.MostIn(Quota.Window))).ConfigureAwait(false) == 1;
    }
}
