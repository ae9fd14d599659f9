using System.Net;
using Steelyard.Live.Clocks;
using Steelyard.Live.Engines;

namespace Steelyard.Live.Sql;

/// <summary>Servers of a database of which one, the primary, takes what is written.</summary>
internal abstract class SqlCluster(EngineSetup setup, ClusterPlace place, SqlDialect dialect)
    : EngineCluster(place, [.. Enumerable.Range(1, setup.Nodes).Select(number => $"n{number}")])
{
    const string Service = "client";

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>How it is asked.</summary>
    public SqlDialect Dialect => dialect;

    /// <summary>The level at which its clients ask.</summary>
    public abstract SqlLevel Level { get; }

    /// <summary>How it is set up.</summary>
    protected EngineSetup Setup => setup;

    /// <summary>The server that a client asks.</summary>
    /// <param name="home">The node the client stands beside.</param>
    /// <param name="onlyReads">Whether a server that only reads will do.</param>
    public virtual EngineNode ServerFor(int home, bool onlyReads) => CurrentPrimary;

    /// <summary>Opens a session of our own with a server, whatever is cut.</summary>
    public Task<SqlSession> Open(
        EngineNode node, IReadOnlyList<string> first, CancellationToken cancellation) =>
        SqlSession.Open(
            dialect.Connect(
                Network.Direct(node.Index, Service, dialect.Port), s_patience, Place.Source.Account),
            first, cancellation);

    /// <summary>Opens a session for a client beside a node.</summary>
    public Task<SqlSession> Open(
        int home, EngineNode server, TimeSpan patience, CancellationToken cancellation) =>
        SqlSession.Open(
            dialect.Connect(
                Network.Client(home, server.Index, Service, dialect.Port), patience, Place.Source.Account),
            Place.Source.IsElsewhere
                ? [.. dialect.SessionAt(Level), dialect.UseRoom(Room)]
                : dialect.SessionAt(Level),
            cancellation);

    /// <inheritdoc/>
    public override Task<EngineNode?> Leader() => Task.FromResult<EngineNode?>(CurrentPrimary);

    /// <inheritdoc/>
    public override async Task<ClockLead?> LeadOfClock(EngineNode node, CancellationToken cancellation)
    {
        await using var session = await Open(node, [], cancellation);
        return await ClockLead.By(async () => DateTimeOffset.UnixEpoch.AddTicks(
            (long)(await session.Ask(dialect.Clock, cancellation))[0][0] * TimeSpan.TicksPerMicrosecond));
    }

    IReadOnlyList<string> Tables => [.. SqlTables.Statements, dialect.MakeIds];

    /// <summary>Where a server listens.</summary>
    protected IPEndPoint ListenOf(EngineNode node) => Network.Listen(node.Index, Service, dialect.Port);

    /// <summary>Where other servers reach it.</summary>
    protected IPEndPoint PeerOf(EngineNode node) => Network.Peer(node.Index, Service, dialect.Port);

    /// <inheritdoc/>
    protected override async Task Settle(string room, CancellationToken cancellation)
    {
        await using var session = await Open(
            Nodes[0], [dialect.MakeRoom(room), dialect.UseRoom(room), .. Tables], cancellation);
    }

    /// <inheritdoc/>
    protected override async Task Clear(string room, CancellationToken cancellation)
    {
        await using var session = await Open(Nodes[0], [dialect.DropRoom(room)], cancellation);
    }

    /// <inheritdoc/>
    protected override async Task<string> TellVersion(CancellationToken cancellation)
    {
        await using var session = await Open(Nodes[0], [], cancellation);
        return (string)(await session.Ask(dialect.AskVersion, cancellation))[0][0];
    }

    /// <inheritdoc/>
    protected override async Task<bool> IsReady(EngineNode node, CancellationToken cancellation)
    {
        await using var session = await Open(node, [], cancellation);
        return (await session.Ask("select 1", cancellation)).Count == 1;
    }

    /// <inheritdoc/>
    protected override async Task Form(CancellationToken cancellation)
    {
        await using var session = await Open(CurrentPrimary, Tables, cancellation);
    }
}
