namespace Steelyard.Services.Postgres;

/// <summary>How a PostgreSQL of the world runs.</summary>
public sealed record PostgresOptions
{
    /// <summary>The name under which applications find their connection string
    /// (<c>ConnectionStrings:…</c>); null is the name of its host.</summary>
    public string? ConnectionName { get; init; }

    /// <summary>
    /// False when a commit is acknowledged before it is on disk, and written <see cref="WriteDelay"/> later:
    /// a crash loses those of the time in between (<c>synchronous_commit = off</c>). A session may say so for
    /// itself either way.
    /// </summary>
    public bool SynchronousCommit { get; init; } = true;

    /// <summary>How long after a request what it left in memory is written to disk; 200 ms, as
    /// <c>wal_writer_delay</c>. Counted in virtual time.</summary>
    public TimeSpan WriteDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Made once in every fresh database, before any application comes: SQL, one or more
    /// statements; null is nothing.</summary>
    public string? Schema { get; init; }
}
