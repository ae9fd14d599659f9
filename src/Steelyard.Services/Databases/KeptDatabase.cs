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
    readonly sqlite3 _keeper;
    readonly List<DatabaseSession> _sessions = [];

    static KeptDatabase() => Batteries_V2.Init();

    KeptDatabase(string host)
    {
        _host = host;
        // A name of its own for every run: nothing of the one before is found again.
        _file = $"file:/steelyard-{++s_last}?vfs=memdb";
        _keeper = Connect();
    }

    /// <summary>The data of a host in the run that is going on.</summary>
    public static KeptDatabase Of(string host)
    {
        if (!s_all.TryGetValue(host, out var kept))
            s_all.Add(host, kept = new(host));
        return kept;
    }

    /// <summary>Opens a session.</summary>
    public DatabaseSession Open()
    {
        var session = new DatabaseSession(Connect(), closed => _sessions.Remove(closed));
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
        _keeper.Dispose();
    }

    sqlite3 Connect()
    {
        const int Flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_URI;
        var result = raw.sqlite3_open_v2(_file, out var connection, Flags, null);
        return result == raw.SQLITE_OK
            ? connection
            : throw new InvalidOperationException($"SQLite did not open {_file}: result {result}");
    }
}
