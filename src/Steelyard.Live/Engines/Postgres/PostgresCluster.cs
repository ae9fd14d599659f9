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
            Configure(each);
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

    void Configure(EngineNode node)
    {
        var (here, first) = (ListenOf(node), PeerOf(Nodes[0]));
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
            {(node.Index > 0
                ? $"primary_conninfo = 'host={first.Address} port={first.Port} user={User}"
                    + $" application_name={node.Name} connect_timeout=2'"
                : Nodes.Count > 1 ? $"synchronous_standby_names = 'FIRST 1 ({Nodes[1].Name})'" : "")}

            """);
        var trusted = $"{string.Join('.', $"{here.Address}".Split('.')[..3])}.0/24";
        File.AppendAllText(
            Path.Combine(folder, "pg_hba.conf"),
            $"""
            host all all {trusted} trust
            host replication all {trusted} trust

            """);
        if (node.Index == 0)
            return;
        var signal = Path.Combine(folder, "standby.signal");
        File.WriteAllText(signal, "");
        Place.Yard.GiveTo(signal, User);
    }

    string FolderOf(EngineNode node) => Path.Combine(Place.Yard.Folder, node.Name);

    static string Program(string name) => PostgresEngine.ProgramNamed(name).MustBeThere();
}
