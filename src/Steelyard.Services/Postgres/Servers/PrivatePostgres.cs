using System.Globalization;
using System.Net.Sockets;
using Steelyard.Histories;

namespace Steelyard.Services.Postgres.Servers;

/// <summary>A real server of this machine, that nobody else knows of. It is kept from one run to the next,
/// each of which gets an empty database.</summary>
internal sealed class PrivatePostgres
{
    // A lock that is waited for is noticed long before; so who closes a circle of waits finds it, and nobody
    // else.
    const string Settings =
        """

        listen_addresses = ''
        unix_socket_permissions = 0777
        shared_buffers = 64MB
        # What a killed server has written is kept by the machine, which goes on.
        fsync = off
        full_page_writes = off
        # Nothing happens that no request asks for.
        autovacuum = off
        checkpoint_timeout = 1d
        max_wal_size = 8GB
        bgwriter_lru_maxpages = 0
        wal_writer_delay = 10s
        max_parallel_workers = 0
        max_parallel_workers_per_gather = 0
        jit = off
        deadlock_timeout = 20ms
        max_connections = 300
        dynamic_shared_memory_type = mmap
        timezone = 'UTC'
        log_timezone = 'UTC'

        """;

    // Given to whoever comes to the folder of a server that was just started.
    static readonly TimeSpan s_longestStart = TimeSpan.FromSeconds(60);

    static int s_made;

    readonly string _folder;
    AdminSession? _admin;
    int _process;
    int _walWriter;
    int _roles;

    PrivatePostgres(string folder) => _folder = folder;

    /// <summary>The socket that it listens on.</summary>
    public string Path => System.IO.Path.Combine(_folder, ".s.PGSQL.5432");

    /// <summary>A session of ours, in no application's database.</summary>
    public AdminSession Admin =>
        _admin ?? throw new InvalidOperationException("the server is not running");

    string Data => System.IO.Path.Combine(_folder, "data");

    /// <summary>Makes one, and starts it.</summary>
    /// <exception cref="UserMistakeException">There is none here, or it does not start.</exception>
    public static PrivatePostgres Make()
    {
        if (PostgresHere.WhyNot is { } whyNot)
            throw new UserMistakeException(whyNot);
        var number = (++s_made).ToString(CultureInfo.InvariantCulture);
        var server = new PrivatePostgres(System.IO.Path.Combine(ServerYard.Here.Folder, number));
        ServerYard.RunAsUser("mkdir", server._folder);
        ServerYard.RunAsUser(
            Program("initdb"), "-D", server.Data, "-A", "trust", "-U", "postgres", "--no-sync",
            "--no-instructions", "--locale=C", "-E", "UTF8");
        File.AppendAllText(
            System.IO.Path.Combine(server.Data, "postgresql.conf"),
            $"{Settings}unix_socket_directories = '{server._folder}'\n");
        server.Start();
        server._roles = server.Count("pg_authid");
        return server;
    }

    /// <summary>Gives it an empty database of a name, and nothing else. What a run has changed for all
    /// databases must not reach the next one.</summary>
    /// <returns>False where it cannot be made as new: take another server.</returns>
    public bool Refresh(string database, PostgresOptions options)
    {
        DropAll();
        if (_roles != Count("pg_authid") || Count("pg_db_role_setting") > 0 || Count("pg_tablespace") > 2
            || Admin.Ask("SELECT 1 FROM pg_file_settings WHERE sourcefile LIKE '%auto.conf'").Count > 0)
            return false;
        Admin.Ask($"CREATE DATABASE {Quoted(database)} TEMPLATE template0");
        if (!options.SynchronousCommit)
            Admin.Ask($"ALTER DATABASE {Quoted(database)} SET synchronous_commit = off");
        if (options.Schema is { } schema)
        {
            using var session = AdminSession.Open(Path, database);
            session.Ask(schema);
        }

        Write();
        return true;
    }

    /// <summary>Writes what commits have left in memory: the process that does so by the machine's clock is
    /// held still.</summary>
    // A transaction that has written nothing before its commit would not wait for the disk.
    public void Write() => Admin.Ask("SELECT pg_logical_emit_message(true, '', '')");

    /// <summary>Lets the process act that writes what commits have left in memory, until it is told
    /// otherwise. It goes by the machine's clock, so it is held still in runs.</summary>
    public IDisposable LetWrite() => new Writing(_walWriter);

    /// <summary>Whether a session waits for all processes of the server, also for the one that is held
    /// still.</summary>
    public bool WaitsForAll(int process) => Admin.Ask(
        $"SELECT 1 FROM pg_stat_activity WHERE pid = {process} AND wait_event = 'ProcSignalBarrier'")
        .Count > 0;

    /// <summary>Kills it as a machine's crash does, and lets it recover what it had written.</summary>
    public void Crash()
    {
        Kill();
        Start();
    }

    /// <summary>Kills it.</summary>
    public void Kill()
    {
        _admin?.Dispose();
        _admin = null;
        ProcessSignals.KillTree(_process);
        // A process that has ended, and that nobody has asked how yet, has its number still: a server that
        // finds it in there does not start.
        File.Delete(System.IO.Path.Combine(Data, "postmaster.pid"));
    }

    void Start()
    {
        var log = System.IO.Path.Combine(_folder, "log");
        _process = ServerYard.StartAsUser(log, Program("postgres"), "-D", Data);
        _walWriter = 0;
        for (var tries = s_longestStart / TimeSpan.FromMilliseconds(5); _walWriter == 0; tries--)
        {
            if (tries < 0 || !ProcessSignals.IsThere(_process))
                throw new UserMistakeException(
                    "PostgreSQL: expected a server that starts, found: "
                    + File.ReadLines(log).LastOrDefault());
            Thread.Sleep(5);
            _admin ??= TryOpen();
            _walWriter = _admin is null ? 0 : FindWalWriter();
        }

        ProcessSignals.Send(_walWriter, ProcessSignals.Stop);
    }

    // It comes when the first sessions do, and may be later than one of them.
    int FindWalWriter() =>
        Admin.Ask("SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'") is [[{ } found], ..]
            ? int.Parse(found, CultureInfo.InvariantCulture) : 0;

    // A database that is dropped asks every process to let go of its files.
    void DropAll()
    {
        using var writing = LetWrite();
        foreach (var row in Admin.Ask("SELECT datname FROM pg_database WHERE datname NOT IN "
            + "('postgres', 'template0', 'template1')"))
            Admin.Ask($"DROP DATABASE {Quoted(row[0]!)} WITH (FORCE)");
    }

    AdminSession? TryOpen()
    {
        try
        {
            return AdminSession.Open(Path, "postgres");
        }
        catch (Exception problem) when (problem is SocketException or IOException)
        {
            return null;
        }
    }

    int Count(string table) => int.Parse(
        Admin.Ask($"SELECT count(*) FROM {table}")[0][0]!, CultureInfo.InvariantCulture);

    static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    sealed class Writing : IDisposable
    {
        readonly int _process;

        public Writing(int process)
        {
            _process = process;
            ProcessSignals.Send(process, ProcessSignals.Continue);
        }

        public void Dispose() => ProcessSignals.Send(_process, ProcessSignals.Stop);
    }

    static string Program(string name) => System.IO.Path.Combine(PostgresHere.Folder!, name);
}
