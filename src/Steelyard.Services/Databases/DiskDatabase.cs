using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Databases;

/// <summary>
/// A database in one life of its host: SQLite above the pages on the host's disk, and the connections of its
/// sessions. A commit is answered when it is durable; until then nobody else reads or writes, as SQLite's own
/// exclusive lock has it.
/// </summary>
internal sealed class DiskDatabase : IDisposable
{
    // What no commit waits for, a kernel writes back after some seconds.
    static readonly TimeSpan WriteBack = TimeSpan.FromSeconds(5);

    // What rots on the disk is seen after so long at most; to read all pages anew for each session would cost
    // more than what most of them do.
    static readonly TimeSpan PagesKept = TimeSpan.FromMilliseconds(250);

    static int s_last;

    readonly INodeWorld _world;
    readonly Action _idle;
    readonly string _path = $"/{++s_last}";
    readonly List<DatabaseSession> _sessions = [];
    readonly Stack<SqlConnection> _free = [];
    bool _mustSync;
    bool _isWriteBackDue;

    /// <summary>Opens what the host's disk holds.</summary>
    /// <param name="world">The host's.</param>
    /// <param name="idle">Told when what waited for the disk may go on.</param>
    /// <exception cref="NodeStoppedException">What was committed is lost or damaged.</exception>
    public DiskDatabase(INodeWorld world, Action idle)
    {
        _world = world;
        _idle = idle;
        Pages = new(world);
        SqliteVfs.Add(_path, this);
        Pages.WhenSaved(idle);
    }

    /// <summary>Its bytes.</summary>
    public PageStore Pages { get; }

    /// <summary>How many connections read it.</summary>
    public int Readers { get; set; }

    /// <summary>How many connections write it, at most one.</summary>
    public int Writers { get; set; }

    /// <summary>Whether something is on its way to the disk: nobody reads or writes now.</summary>
    public bool IsBusy => Pages.IsBusy;

    /// <summary>Opens a session, on a connection that another one left as it found it where there is
    /// one.</summary>
    public DatabaseSession Open()
    {
        if (_free.TryPop(out var connection))
            connection.ForgetPages(_world.Clock, PagesKept);
        else
            connection = new($"file:{_path}?vfs={SqliteVfs.Name}");
        var session = new DatabaseSession(connection, _world.Clock, Close);
        _sessions.Add(session);
        return session;
    }

    /// <summary>SQLite wants what was committed to be durable before it goes on.</summary>
    public void Sync() => _mustSync = true;

    /// <summary>To be called after every statement.</summary>
    /// <returns>Ends when what it committed is durable, or at once where it wants no such thing.</returns>
    public Task Saved()
    {
        if (_mustSync)
            return Save();
        if (Pages.IsUnsynced && !_isWriteBackDue)
        {
            _isWriteBackDue = true;
            _world.SetTimer(WriteBack, () =>
            {
                _isWriteBackDue = false;
                _ = Save();
            });
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var session in _sessions.ToList())
            session.Dispose();
        foreach (var connection in _free)
            connection.Dispose();
        SqliteVfs.Remove(_path);
    }

    Task Save()
    {
        _mustSync = false;
        var saved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Pages.WhenSaved(() =>
        {
            saved.SetResult();
            Pages.CompactIfLong();
            Pages.WhenSaved(_idle);
        });
        return saved.Task;
    }

    void Close(DatabaseSession session, SqlConnection connection)
    {
        _sessions.Remove(session);
        if (!connection.IsAsFound)
        {
            connection.Dispose();
            return;
        }

        _free.Push(connection);
    }
}
