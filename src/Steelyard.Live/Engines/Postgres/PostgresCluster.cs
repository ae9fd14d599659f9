using Steelyard.Live.Processes;
using Steelyard.Live.Sql;

namespace Steelyard.Live.Engines.Postgres;

/// <summary>PostgreSQL servers, the first of which is the primary at first; the second, where there is one,
/// follows it synchronously, all others asynchronously.</summary>
internal sealed class PostgresCluster(EngineSetup setup, ClusterPlace place)
    : SqlCluster(setup, place, new PostgresDialect())
{
    /// <summary>The user it runs as and is asked by, and the database.</summary>
    public const string User = "postgres";

    /// <inheritdoc/>
    public override SqlLevel Level => new(Setup.Chosen[PostgresEngine.Isolation]);

    /// <inheritdoc/>
    public override EngineNode ServerFor(int home, bool onlyReads) =>
        onlyReads && Setup.Chosen[PostgresEngine.Reads] == PostgresEngine.Nearest && Nodes[home].IsRunning
            ? Nodes[home]
            : CurrentPrimary;

    // All data folders are copies of one, so that standbys need not be sent theirs.
    /// <inheritdoc/>
    protected override void Prepare(EngineNode node)
    {
        if (node.Index > 0)
            return;
        var first = Place.Yard.MakeFolder(node.Name, User);
        Place.Yard.Run(
            new(Program("initdb"), "-D", first, "-A", "trust", "-U", User, "--no-sync", "--no-instructions",
                "--locale=C", "-E", "UTF8") { User = User },
            []);
        foreach (var other in Nodes.Skip(1))
            Tool.Run("cp", ["-a", first, FolderOf(other)]);
        foreach (var each in Nodes)
            Configure(each, Nodes[0]);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<EngineCommand> CommandsOf(EngineNode node) =>
    [
        new(Program("postgres"), "-D", FolderOf(node))
        {
            User = User, StopSignal = Signals.Interrupt, LeavesSharedMemory = true,
        },
    ];

    /// <inheritdoc/>
    protected override async Task Form(CancellationToken cancellation)
    {
        await using var session = await Open(CurrentPrimary, [], cancellation);
        await Until(
            "all standbys to follow the primary",
            async stop => (await session.Ask(
                "select 1 from pg_stat_replication where state = 'streaming'", stop)).Count
                == Nodes.Count - 1,
            CurrentPrimary, cancellation);
        await base.Form(cancellation);
    }

    /// <inheritdoc/>
    public override async Task Promote(EngineNode standby, CancellationToken cancellation)
    {
        await using var session = await Open(standby, [], cancellation);
        if (await session.Ask("select pg_promote(true, 10)", cancellation) is not [[true]])
            throw new LiveException($"expected {standby.Name} to become the primary within 10 s");
    }

    // What the old primary had and the new one has not goes with its folder.
    /// <inheritdoc/>
    protected override Task Follow(EngineNode node, CancellationToken cancellation)
    {
        var primary = ListenOf(CurrentPrimary);
        Directory.Delete(FolderOf(node), recursive: true);
        var folder = Place.Yard.MakeFolder(node.Name, User);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Place.Yard.Run(
            new(Program("pg_basebackup"), "-h", $"{primary.Address}", "-p", $"{primary.Port}", "-U", User,
                "-D", folder, "--checkpoint=fast", "--no-sync") { User = User },
            Network.Within(node.Index));
        Configure(node, CurrentPrimary);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task<bool> IsBack(EngineNode node, CancellationToken cancellation)
    {
        await using var session = await Open(node, [], cancellation);
        return node == CurrentPrimary || (await session.Ask(
            "select 1 from pg_stat_wal_receiver where status = 'streaming'", cancellation)).Count == 1;
    }

    // What is said last holds: the folder may be a copy of another server's.
    void Configure(EngineNode node, EngineNode primary)
    {
        var (here, first) = (ListenOf(node), ListenOf(primary));
        var folder = FolderOf(node);
        File.AppendAllText(
            Path.Combine(folder, "postgresql.conf"),
            $"""

            listen_addresses = '{here.Address}'
            port = {here.Port}
            unix_socket_directories = ''
            cluster_name = '{node.Name}'
            shared_buffers = 32MB
            # A killed server leaves nothing outside of its folder.
            dynamic_shared_memory_type = mmap
            # Transactions that wait for one another, and those whose client has gone, are over soon.
            deadlock_timeout = 50ms
            client_connection_check_interval = 500ms
            # Both sides of a link that was cut find one another again before the run is over.
            wal_sender_timeout = 2s
            wal_receiver_timeout = 2s
            wal_retrieve_retry_interval = 200ms
            synchronous_standby_names = '{(node == primary && Nodes.Count > 1
                ? $"FIRST 1 ({Nodes[1].Name})" : "")}'
            {(node == primary ? ""
                : $"primary_conninfo = 'host={first.Address} port={first.Port} user={User}"
                    + $" application_name={node.Name} connect_timeout=2'")}

            """);
        var trusted = $"{string.Join('.', $"{here.Address}".Split('.')[..3])}.0/24";
        File.AppendAllText(
            Path.Combine(folder, "pg_hba.conf"),
            $"""
            host all all {trusted} trust
            host replication all {trusted} trust

            """);
        if (node == primary)
            return;
        var signal = Path.Combine(folder, "standby.signal");
        File.WriteAllText(signal, "");
        Place.Yard.GiveTo(signal, User);
    }

    string FolderOf(EngineNode node) => Path.Combine(Place.Yard.Folder, node.Name);

    string Program(string name) => FileOf(PostgresEngine.ProgramNamed(name));
}
