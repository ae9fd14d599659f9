using SQLitePCL;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Databases;

/// <summary>A file as SQLite opened it.</summary>
internal interface ISqliteFile
{
    /// <summary>Its length in bytes.</summary>
    long Length { get; }

    /// <summary>Reads bytes; those beyond the end are zeros.</summary>
    /// <returns>SQLite's result code.</returns>
    int Read(long offset, Span<byte> into);

    /// <summary>Writes bytes.</summary>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Cuts it to a length.</summary>
    void Truncate(long length);

    /// <summary>A transaction ends, and all it wrote was written.</summary>
    /// <returns>SQLite's result code.</returns>
    int Commit();

    /// <summary>What was committed must be durable before anybody is told.</summary>
    void Sync();

    /// <summary>Takes a lock.</summary>
    /// <returns>SQLite's result code.</returns>
    int Lock(int level);

    /// <summary>Lets go of a lock, down to a level.</summary>
    void Unlock(int level);

    /// <summary>Closed.</summary>
    void Close();
}

/// <summary>The file of a database, opened by one connection: its pages, and the lock it holds on them
/// (sqlite.org/lockingv3.html; many readers or one writer, as SQLite's own <c>memdb</c> has it).</summary>
internal sealed class DatabaseFile(DiskDatabase database) : ISqliteFile
{
    const int None = 0;
    const int Shared = 1;
    const int Exclusive = 4;

    int _level;

    /// <inheritdoc/>
    public long Length => database.Pages.Length;

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> into) =>
        !database.Pages.TryRead(offset, into) ? raw.SQLITE_CORRUPT
        : offset + into.Length > Length ? raw.SQLITE_IOERR_SHORT_READ
        : raw.SQLITE_OK;

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> bytes) => database.Pages.Write(offset, bytes);

    /// <inheritdoc/>
    public void Truncate(long length) => database.Pages.Truncate(length);

    /// <inheritdoc/>
    public int Commit()
    {
        try
        {
            database.Pages.Commit();
            return raw.SQLITE_OK;
        }
        catch (DiskFullException)
        {
            return raw.SQLITE_FULL;
        }
    }

    /// <inheritdoc/>
    public void Sync() => database.Sync();

    /// <inheritdoc/>
    public int Lock(int level)
    {
        if (level <= _level)
            return raw.SQLITE_OK;
        if (level == Shared)
        {
            if (database.Writers > 0)
                return raw.SQLITE_BUSY;
            database.Readers++;
        }
        else if (level == Exclusive && database.Readers > 1)
        {
            return raw.SQLITE_BUSY;
        }
        else if (_level == Shared)
        {
            if (database.Writers > 0)
                return raw.SQLITE_BUSY;
            database.Writers++;
        }

        _level = level;
        return raw.SQLITE_OK;
    }

    /// <inheritdoc/>
    public void Unlock(int level)
    {
        if (level >= _level)
            return;
        if (_level > Shared)
            database.Writers--;
        if (level == None)
            database.Readers--;
        _level = level;
    }

    /// <inheritdoc/>
    public void Close() => Unlock(None);
}

/// <summary>A file that SQLite needs for a while, and that nobody misses after a crash.</summary>
internal sealed class PassingFile : ISqliteFile
{
    readonly MemoryStream _bytes = new();

    /// <inheritdoc/>
    public long Length => _bytes.Length;

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> into)
    {
        _bytes.Position = Math.Min(offset, _bytes.Length);
        var count = _bytes.Read(into);
        into[count..].Clear();
        return count < into.Length ? raw.SQLITE_IOERR_SHORT_READ : raw.SQLITE_OK;
    }

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        _bytes.Position = offset;
        _bytes.Write(bytes);
    }

    /// <inheritdoc/>
    public void Truncate(long length) => _bytes.SetLength(Math.Min(length, _bytes.Length));

    /// <inheritdoc/>
    public int Commit() => raw.SQLITE_OK;

    /// <inheritdoc/>
    public void Sync()
    {
    }

    /// <inheritdoc/>
    public int Lock(int level) => raw.SQLITE_OK;

    /// <inheritdoc/>
    public void Unlock(int level)
    {
    }

    /// <inheritdoc/>
    public void Close() => _bytes.Dispose();
}
