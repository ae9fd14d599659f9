using System.Data.Common;
using System.Globalization;
using System.Net;
using Steelyard.Live.Engines.MariaDb;
using Steelyard.Live.Processes;
using Steelyard.Live.Sql;
using Steelyard.Worlds.Consensus;

namespace Steelyard.Live.Engines.Galera;

/// <summary>MariaDB servers that certify one another's transactions; each of them takes writes.</summary>
internal sealed class GaleraCluster(EngineSetup setup, ClusterPlace place)
    : SqlCluster(setup, place, new MariaDbDialect())
{
    const string Owner = "mysql";
    const string GroupService = "peer";
    const string CopyService = "copy";
    const string CatchUpService = "catch-up";
    const int GroupPort = 4567;
    const int CopyPort = 4444;
    const int CatchUpPort = 4568;

    // As the packages' own unit does: what a killed server had committed is found out before it starts again,
    // and it asks the others for what came after that.
    const string StartAgainScript =
        """
        log=$(mktemp -p "$1"); shift
        "$0" "$@" --wsrep-recover --log-error="$log" > /dev/null 2>&1
        place=$(sed -n 's/.*Recovered position:* *//p' "$log" | tail -n 1); cat "$log"; rm "$log"
        exec "$0" "$@" --wsrep-start-position="$place"
        """;

    readonly HashSet<EngineNode> _begun = [];

    /// <inheritdoc/>
    public override SqlLevel Level => new(
        "repeatable-read", $"set session wsrep_sync_wait = {Setup.Chosen[GaleraEngine.SyncWait]}");

    /// <summary>What begins a session of a script.</summary>
    /// <param name="syncWait">What <c>wsrep_sync_wait</c> is in it.</param>
    public IReadOnlyList<string> SessionStart(int syncWait) => Dialect.SessionAt(
        new("repeatable-read", $"set session wsrep_sync_wait = {syncWait}"));

    /// <inheritdoc/>
    protected override TimeSpan ReadyWithin => IsElsewhere ? base.ReadyWithin : TimeSpan.FromSeconds(90);

    /// <summary>A client asks the server beside it.</summary>
    public override EngineNode ServerFor(int home, bool onlyReads) => Nodes[home];

    /// <inheritdoc/>
    public override async Task Start(CancellationToken cancellation)
    {
        // One after the other: a server that joins takes its copy from one that has joined.
        foreach (var node in Nodes)
        {
            Prepare(node);
            Launch(node);
            await UntilReady(node, cancellation);
        }

        await Form(cancellation);
    }

    /// <inheritdoc/>
    public override async Task<MembershipOutcome> Change(
        MembershipChangeKind kind, EngineNode node, CancellationToken cancellation)
    {
        if (!await AnyReady(Nodes.Where(other => other != node), cancellation))
            return MembershipOutcome.Unsafe;
        return (kind, node.IsRunning) switch
        {
            (MembershipChangeKind.Remove, true) => Leave(node),
            (MembershipChangeKind.AddVoter, false) when node.StaysDown => await Join(node),
            _ => MembershipOutcome.Unfit,
        };
    }

    // One that is stopped in order tells the others, who count without it from then on.
    MembershipOutcome Leave(EngineNode node)
    {
        node.StaysDown = true;
        Stop(node);
        return MembershipOutcome.Done;
    }

    // It begins with nothing, and gets all from one of the others; who gives up the change does not stop it.
    async Task<MembershipOutcome> Join(EngineNode node)
    {
        Folders.Empty(FolderOf(node));
        Prepare(node);
        _begun.Remove(node);
        Launch(node);
        await UntilReady(node, CancellationToken.None);
        return MembershipOutcome.Done;
    }

    async Task<bool> AnyReady(IEnumerable<EngineNode> others, CancellationToken cancellation)
    {
        foreach (var other in others.Where(other => other.IsRunning))
        {
            try
            {
                if (await IsReady(other, cancellation))
                    return true;
            }
            catch (DbException)
            {
                // It cannot say so; another one may.
            }
        }

        return false;
    }

    // A server that looks up no rights needs no tables of rights, and starts on an empty folder.
    /// <inheritdoc/>
    protected override void Prepare(EngineNode node)
    {
        var folder = Place.Yard.MakeFolder(node.Name);
        Directory.CreateDirectory(Path.Combine(folder, MariaDbCluster.Database));
        Directory.CreateDirectory(Path.Combine(folder, "mysql"));
        Place.Yard.GiveTo(folder, Owner);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<EngineCommand> CommandsOf(EngineNode node)
    {
        var server = FileOf(MariaDbEngine.Server);
        var words = WordsOf(node);
        var isFirst = _begun.Count == 0;
        var command = !_begun.Add(node)
            ? new EngineCommand("sh", ["-c", StartAgainScript, server, FolderOf(node), .. words])
            : isFirst ? new(server, [.. words, "--wsrep-new-cluster"])
            : new(server, words);
        return [command with { User = Owner }];
    }

    /// <inheritdoc/>
    protected override async Task<bool> IsReady(EngineNode node, CancellationToken cancellation)
    {
        await using var session = await Open(node, [], cancellation);
        return await session.Ask("show status like 'wsrep_local_state_comment'", cancellation)
            is [[_, "Synced"]];
    }

    // The other servers make what one of them was told to make a little later.
    /// <inheritdoc/>
    protected override async Task Settle(string room, CancellationToken cancellation)
    {
        await base.Settle(room, cancellation);
        foreach (var node in Nodes)
            await Until(
                $"{Place.Source.Addresses[node.Index]} to have {room}, which was made at"
                    + $" {Place.Source.Addresses[0]}",
                async stop =>
                {
                    await using var session = await Open(node, [Dialect.UseRoom(room)], stop);
                    return (await session.Ask("show tables like 'ids'", stop)).Count == 1;
                },
                node, cancellation);
    }

    List<string> WordsOf(EngineNode node)
    {
        var (folder, here) = (FolderOf(node), ListenOf(node));
        var group = Listen(node, GroupService, GroupPort);
        var copy = Listen(node, CopyService, CopyPort);
        var catchUp = Listen(node, CatchUpService, CatchUpPort);
        var others = string.Join(
            ',', Nodes.Select(other => $"{Network.Peer(other.Index, GroupService, GroupPort)}"));
        return
        [
            "--no-defaults", $"--datadir={folder}", "--skip-grant-tables", "--skip-name-resolve",
            $"--bind-address={here.Address}",
            string.Create(CultureInfo.InvariantCulture, $"--port={here.Port}"),
            $"--socket={folder}/socket", $"--pid-file={folder}/pid", $"--tmpdir={folder}",
            "--innodb-buffer-pool-size=64M", "--innodb-log-file-size=16M", "--innodb-lock-wait-timeout=1",
            $"--innodb-flush-log-at-trx-commit={Setup.Chosen[GaleraEngine.Flush]}",
            "--binlog-format=ROW", "--default-storage-engine=InnoDB", "--innodb-autoinc-lock-mode=2",
            "--wsrep-on=ON", $"--wsrep-provider={FileOf(GaleraEngine.Provider)}",
            "--wsrep-cluster-name=steelyard", $"--wsrep-cluster-address=gcomm://{others}",
            $"--wsrep-node-name={node.Name}", $"--wsrep-node-address={group}",
            "--wsrep-sst-method=rsync", $"--wsrep-sst-receive-address={copy}",
            "--wsrep-provider-options="
                + string.Create(CultureInfo.InvariantCulture, $"base_port={group.Port};")
                + $"gmcast.listen_addr=tcp://{group};ist.recv_addr={catchUp};gcache.size=32M;"
                // A silent server is left behind after seconds instead of a quarter of a minute.
                + "evs.suspect_timeout=PT2S;evs.inactive_timeout=PT4S;evs.install_timeout=PT4S;"
                + "evs.keepalive_period=PT0.5S;evs.inactive_check_period=PT0.5S",
        ];
    }

    IPEndPoint Listen(EngineNode node, string service, int port) =>
        Network.Listen(node.Index, service, port);
}
