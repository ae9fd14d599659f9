using SQLitePCL;

namespace Steelyard.Services.Databases;

/// <summary>The data of one database host: kept in memory for the length of a run, across crashes of its
/// host.</summary>
internal sealed class KeptDatabase : IDisposable
{
    static readonly Dictionary<string, KeptDatabase> s_all = new(StringComparer.Ordinal);
    static int s_last;

    readonly string _host;
    readonly string _file;
    readonly SqlConnection _keeper;
    readonly List<DatabaseSession> _sessions = [];
    readonly Stack<SqlConnection> _free = [];

    static KeptDatabase() => Batteries_V2.Init();

    KeptDatabase(string host)
    {
        _host = host;
        // A name of its own for every run: nothing of the one before is found again.
        _file = $"file:/steelyard-{++s_last}?vfs=memdb";
        _keeper = new(_file);
    }

    /// <summary>The data of a host in the run that is going on.</summary>
    public static KeptDatabase Of(string host)
    {
        if (!s_all.TryGetValue(host, out var kept))
            s_all.Add(host, kept = new(host));
        return kept;
    }

    /// <summary>Opens a session, on a connection that another one left as it found it where there is
    /// one.</summary>
    public DatabaseSession Open()
    {
        var session = new DatabaseSession(_free.TryPop(out var free) ? free : new(_file), Close);
        _sessions.Add(session);
        return session;
    }

    /// <summary>Closes every session; what they did not commit is gone.</summary>
    public void RollBackAll()
    {
        foreach (var session in _sessions.ToList())
            session.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!s_all.Remove(_host))
            return;
        RollBackAll();
        foreach (var connection in _free)
            connection.Dispose();
        _keeper.Dispose();
    }

    void Close(DatabaseSession session, SqlConnection connection)
    {
        _sessions.Remove(session);
        if (connection.IsAsFound)
            _free.Push(connection);
        else
            connection.Dispose();
    }
}
