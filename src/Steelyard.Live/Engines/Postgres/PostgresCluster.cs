using System.Data.Common;
using Steelyard.Live.Processes;
using Steelyard.Live.Sql;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Postgres;

/// <summary>PostgreSQL servers, the first of which is the primary at first; the second, where there is one,
/// follows it synchronously, all others asynchronously.</summary>
internal sealed class PostgresCluster(EngineSetup setup, ClusterPlace place)
    : SqlCluster(setup, place, new PostgresDialect())
{
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
        var first = ServerOf(node);
        first.Create();
        foreach (var other in Nodes.Skip(1))
            ServerOf(other).CopyOf(first);
        foreach (var each in Nodes)
            Configure(each, Nodes[0]);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<EngineCommand> CommandsOf(EngineNode node) => [ServerOf(node).Command];

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

    // As Patroni does it. One that has more than the new primary cannot go on: it is started again.
    /// <inheritdoc/>
    protected override async Task Regroup()
    {
        if (Setup.Chosen[PostgresEngine.Promoted] != PostgresEngine.Waits)
            return;
        foreach (var other in Nodes.Where(
            other => other != CurrentPrimary && other.Status == NodeStatus.Up))
        {
            Configure(other, CurrentPrimary);
            try
            {
                await using var session = await Open(other, [], CancellationToken.None);
                await session.Ask("select pg_reload_conf()", CancellationToken.None);
            }
            catch (DbException)
            {
                // Then it follows nobody, and is started again as well.
            }
        }

        await GatherLost();
    }

    // What the old primary had and the new one has not is taken back, or goes with its folder.
    /// <inheritdoc/>
    protected override async Task Follow(EngineNode node, CancellationToken cancellation)
    {
        var (server, within, source) =
            (ServerOf(node), Network.Within(node.Index), PeerOf(CurrentPrimary));
        try
        {
            // Where its history begins to be another one it says in its next checkpoint.
            await using (var session = await Open(CurrentPrimary, [], cancellation))
                await session.Do("checkpoint", cancellation);
            Place.Yard.Run(server.RewindTo(source), within);
            Note($"{node.Name} follows {CurrentPrimary.Name}, by pg_rewind.");
        }
        catch (LiveException refused)
        {
            server.Empty();
            Place.Yard.Run(server.BackupOf(source), within);
            Note($"{node.Name} follows {CurrentPrimary.Name}, by a base backup, since {refused.Message}.");
        }

        Configure(node, CurrentPrimary);
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
        var upstream = PeerOf(primary);
        ServerOf(node).Configure(
            // Both sides of a link that was cut find one another again before the run is over.
            "wal_sender_timeout = 2s", "wal_receiver_timeout = 2s", "wal_retrieve_retry_interval = 200ms",
            Durability,
            $"synchronous_standby_names = '{WaitsFor(node, primary)}'",
            node == primary ? ""
            : $"primary_conninfo = 'host={upstream.Address} port={upstream.Port} user={PostgresServer.User}"
                + $" application_name={node.Name} connect_timeout=2'");
        if (node != primary)
            ServerOf(node).Follows();
    }

    // A standby waits for nobody, but may be promoted: then for whichever of the others follows it, in their
    // order.
    string WaitsFor(EngineNode node, EngineNode primary) =>
        Nodes.Count == 1 ? ""
        : node == primary ? $"FIRST 1 ({Nodes[1].Name})"
        : Setup.Chosen[PostgresEngine.Promoted] != PostgresEngine.Waits ? ""
        : $"FIRST 1 ({string.Join(", ", Nodes.Where(other => other != node).Select(other => other.Name))})";

    string Durability => Setup.Chosen[PostgresEngine.Commits] switch
    {
        PostgresEngine.Late => "synchronous_commit = off",
        PostgresEngine.Never => "fsync = off",
        _ => "",
    };

    PostgresServer ServerOf(EngineNode node) => new(Place, node.Name, ListenOf(node));
}
