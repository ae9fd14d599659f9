using System.Runtime.ExceptionServices;
using Steelyard.Services.Networking;
using Steelyard.Services.Scheduling;
using Steelyard.Worlds;

namespace Steelyard.Services.Databases;

/// <summary>
/// One life of a database host: SQLite behind sessions on the simulated network. What is committed outlives a
/// crash; an open transaction does not, and whether a commit happened that nobody acknowledged is for its
/// client to find out.
/// </summary>
internal sealed class DatabaseNode : INode, IResident
{
    /// <summary>The port it listens on.</summary>
    public const int Port = 5432;

    static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(5);

    // A client that died with a transaction open says nothing any more, and holds the lock: PostgreSQL's
    // idle_in_transaction_session_timeout.
    static readonly TimeSpan IdleInTransaction = TimeSpan.FromSeconds(2);

    readonly INodeWorld _world;
    readonly NetworkStack _stack;
    readonly KeptDatabase _kept;
    readonly List<Waiting> _waiting = [];
    readonly List<DatabaseSession> _sessions = [];

    public DatabaseNode(INodeWorld world)
    {
        _world = world;
        _stack = new(world);
        _kept = KeptDatabase.Of(world.Name);
    }

    /// <inheritdoc/>
    public void Start()
    {
        Residents.Add(this);
        // Those of the life before went with it, and so did what they had not committed.
        _kept.RollBackAll();
        _stack.Listen(Port, connection => Worker.Begin(() => Serve(connection)));
    }

    /// <inheritdoc/>
    public void Receive(NodeId from, Message message)
    {
        if (message is not Segment segment)
            throw new UnexpectedMessageException(_world.Self, from, message);
        _stack.Receive(from, segment);
    }

    /// <inheritdoc/>
    public void BreakOff() => _stack.End();

    /// <inheritdoc/>
    public bool Release() => false;

    /// <inheritdoc/>
    public Task Stop()
    {
        _kept.Dispose();
        return Task.CompletedTask;
    }

    async Task Serve(Connection connection)
    {
        var stream = new ConnectionStream(connection);
        var session = _kept.Open();
        _sessions.Add(session);
        try
        {
            while (await Next(stream, session, connection).ConfigureAwait(false) is { } frame)
            {
                var answer = await Execute(session, DatabaseWords.Request(frame)).ConfigureAwait(false);
                await stream.WriteAsync(DatabaseWords.Of(answer)).ConfigureAwait(false);
            }
        }
        catch (IOException)
        {
            // Its client is gone: that ends the session, and with it what was not committed.
        }
#pragma warning disable CA1031 // Not swallowed: thrown again in the event loop.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _world.SetTimer(TimeSpan.Zero, () => ExceptionDispatchInfo.Throw(failure));
        }
        finally
        {
            _sessions.Remove(session);
            session.Dispose();
            await stream.DisposeAsync().ConfigureAwait(false);
            WakeWaiting();
        }
    }

    async Task<byte[]?> Next(Stream stream, DatabaseSession session, Connection connection)
    {
        var limit = session.IsInTransaction ? _world.SetTimer(IdleInTransaction, connection.Abort) : default;
        var frame = await Frames.Read(stream, CancellationToken.None).ConfigureAwait(false);
        _world.CancelTimer(limit);
        return frame;
    }

    async Task<DatabaseAnswer> Execute(DatabaseSession session, DatabaseRequest request)
    {
        // What a life before a crash still runs must not touch what was kept.
        if (_world.IsOver)
            await Never().ConfigureAwait(false);
        var answer = session.Execute(request);
        if (answer is null)
            answer = await Wait(session, request).ConfigureAwait(false);
        else if (!session.IsInTransaction)
            WakeWaiting();
        return answer;
    }

    // Another transaction holds the lock: this one waits its turn, as long as the limit lets it.
    async Task<DatabaseAnswer> Wait(DatabaseSession session, DatabaseRequest request)
    {
        var waiting = new Waiting(session, request);
        _waiting.Add(waiting);
        var limit = _world.SetTimer(LockTimeout, () => GiveUp(waiting));
        var answer = await waiting.Done.Task.ConfigureAwait(false);
        _world.CancelTimer(limit);
        if (!session.IsInTransaction)
            WakeWaiting();
        return answer;
    }

    void GiveUp(Waiting waiting)
    {
        if (_waiting.Remove(waiting))
            waiting.Done.SetResult(DatabaseAnswer.Failed(SQLitePCL.raw.SQLITE_BUSY, "database is locked"));
    }

    void WakeWaiting()
    {
        for (var i = 0; i < _waiting.Count && !_world.IsOver;)
        {
            var waiting = _waiting[i];
            if (waiting.Session.Execute(waiting.Request) is not { } answer)
            {
                i++;
                continue;
            }

            _waiting.RemoveAt(i);
            waiting.Done.SetResult(answer);
        }
    }

    static Task Never() => new TaskCompletionSource().Task;

    sealed record Waiting(DatabaseSession Session, DatabaseRequest Request)
    {
        public TaskCompletionSource<DatabaseAnswer> Done { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
