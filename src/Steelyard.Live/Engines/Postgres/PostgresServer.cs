using System.Data.Common;
using System.Net;
using Npgsql;
using Steelyard.Live.Processes;

namespace Steelyard.Live.Engines.Postgres;

/// <summary>One PostgreSQL server: its folder of data, and what is run on it.</summary>
/// <param name="place">Where its processes and its folder are.</param>
/// <param name="name">Its name, and that of its folder.</param>
/// <param name="here">Where it listens.</param>
internal sealed class PostgresServer(ClusterPlace place, string name, IPEndPoint here)
{
    /// <summary>The user it runs as and is asked by, and the database.</summary>
    public const string User = "postgres";

    /// <summary>The port that a server usually has.</summary>
    public const int Port = 5432;

    /// <summary>Its data.</summary>
    public string Folder => Path.Combine(place.Yard.Folder, name);

    /// <summary>What runs it.</summary>
    public EngineCommand Command => new(Program("postgres"), "-D", Folder)
    {
        User = User, StopSignal = Signals.Interrupt, LeavesSharedMemory = true,
    };

    /// <summary>Where to connect to a server and how, for whoever waits no longer than this for anything; no
    /// connection is used twice.</summary>
    public static NpgsqlConnectionStringBuilder At(IPEndPoint server, TimeSpan patience)
    {
        var seconds = (int)Math.Ceiling(patience.TotalSeconds);
        return new()
        {
            Host = $"{server.Address}",
            Port = server.Port,
            Username = User,
            Database = User,
            Pooling = false,
            Multiplexing = false,
            MaxAutoPrepare = 0,
            Timeout = seconds,
            CommandTimeout = seconds,
            // It would ask the server to cancel, and a server that waits for its standby answers such a
            // request with a commit: an operation nobody waits for any more would be told as done.
            CancellationTimeout = -1,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        };
    }

    /// <summary>Makes its folder, with an empty database.</summary>
    public void Create() => place.Yard.Run(
        new(Program("initdb"), "-D", place.Yard.MakeFolder(name, User), "-A", "trust", "-U", User,
            "--no-sync", "--no-instructions", "--locale=C", "-E", "UTF8") { User = User },
        []);

    /// <summary>Makes its folder a copy of another one's, before either was started.</summary>
    public void CopyOf(PostgresServer other) =>
        Tool.Run("cp", ["-a", Path.Combine(other.Folder, "."), Folder]);

    /// <summary>Empties its folder, so that another server's data can come into it.</summary>
    public void Empty() => Folders.Empty(Folder);

    /// <summary>What brings a running server's data into its folder.</summary>
    public EngineCommand BackupOf(IPEndPoint server) => new(
        Program("pg_basebackup"), "-h", $"{server.Address}", "-p", $"{server.Port}", "-U", User, "-D", Folder,
        "--checkpoint=fast", "--no-sync") { User = User };

    /// <summary>What makes its folder, while it is down, that of a running server again from which its own
    /// history differs.</summary>
    public EngineCommand RewindTo(IPEndPoint server) => new(
        Program("pg_rewind"), "-D", Folder, "--no-sync",
        $"--source-server=host={server.Address} port={server.Port} user={User} dbname={User}")
    {
        User = User,
    };

    /// <summary>Says where it listens, and whatever else.</summary>
    /// <param name="settings">Lines of its configuration besides those of every server here.</param>
    public void Configure(params IReadOnlyList<string> settings)
    {
        File.AppendAllText(
            Path.Combine(Folder, "postgresql.conf"),
            $"""

            listen_addresses = '{here.Address}'
            port = {here.Port}
            unix_socket_directories = ''
            cluster_name = '{name}'
            shared_buffers = 32MB
            # A killed server leaves nothing outside of its folder.
            dynamic_shared_memory_type = mmap
            # A primary that was given up can be rewound to where the new one begins.
            wal_log_hints = on
            # Transactions that wait for one another, and those whose client has gone, are over soon.
            deadlock_timeout = 50ms
            client_connection_check_interval = 500ms
            {string.Join('\n', settings)}

            """);
        var trusted = $"{string.Join('.', $"{here.Address}".Split('.')[..3])}.0/24";
        File.AppendAllText(
            Path.Combine(Folder, "pg_hba.conf"),
            $"""
            host all all {trusted} trust
            host replication all {trusted} trust

            """);
    }

    /// <summary>Makes it follow a primary from its first start.</summary>
    public void Follows()
    {
        var signal = Path.Combine(Folder, "standby.signal");
        File.WriteAllText(signal, "");
        place.Yard.GiveTo(signal, User);
    }

    string Program(string program) => place.Source.FileOf(PostgresEngine.ProgramNamed(program));
}
