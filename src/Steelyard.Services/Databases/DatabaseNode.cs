using System.Runtime.ExceptionServices;
using Steelyard.Services.Faults;
using Steelyard.Services.Networking;
using Steelyard.Services.Scheduling;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Databases;

/// <summary>
/// One life of a database host: SQLite behind sessions on the simulated network, above the host's disk. What
/// was committed outlives a crash as far as the disk does; an open transaction does not, and whether a commit
/// happened that nobody acknowledged is for its client to find out.
/// </summary>
internal sealed class DatabaseNode : INode, IDegradableNode, IShowsState, ILiveHost
{
    /// <summary>The port it listens on.</summary>
    public const int Port = 5432;

    static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(5);

    // A client that died with a transaction open says nothing any more, and holds the lock: PostgreSQL's
    // idle_in_transaction_session_timeout.
    static readonly TimeSpan IdleInTransaction = TimeSpan.FromSeconds(2);

    readonly INodeWorld _world;
    readonly NetworkStack _stack;
    DiskDatabase? _database;
    readonly List<Waiting> _waiting = [];
    readonly List<DatabaseSession> _sessions = [];

    public DatabaseNode(INodeWorld world)
    {
        _world = world;
        _stack = new(world);
    }

    /// <inheritdoc/>
    public void Start()
    {
        LiveHosts.Add(this);
        _database = new(_world, WakeWaiting);
        _stack.Listen(Port, connection => PoolThread.Begin(() => Serve(connection, _database)));
    }

    /// <inheritdoc/>
    public void Receive(NodeId from, Message message)
    {
        if (message is not Segment segment)
            throw new UnexpectedMessageException(_world.Self, from, message);
        _stack.Receive(from, segment);
    }

    /// <inheritdoc/>
    public void ShowState(StateSheet sheet)
    {
        sheet.Add("sessions", _sessions.Count);
        sheet.Add("waiting", _waiting.Count);
    }

    /// <inheritdoc/>
    public Action? Degrade(string how, double by, EffectMark effect)
    {
        if (how == KillFault.Reset)
            _stack.Reset();
        return null;
    }

    /// <inheritdoc/>
    public void BreakOff() => _stack.End();

    /// <inheritdoc/>
    public bool Release() => false;

    /// <inheritdoc/>
    public Task Stop()
    {
        _database?.Dispose();
        return Task.CompletedTask;
    }

    async Task Serve(Connection connection, DiskDatabase database)
    {
        var stream = new ConnectionStream(connection);
        var session = database.Open();
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
        var done = TryExecute(session, request) ?? await Wait(session, request).ConfigureAwait(false);
        // Durable, before anybody is told.
        await done.Saved.ConfigureAwait(false);
        if (!session.IsInTransaction)
            WakeWaiting();
        return done.Answer;
    }

    // Null where it has to wait: for a lock of another transaction, or for a commit on its way to the disk.
    Executed? TryExecute(DatabaseSession session, DatabaseRequest request) =>
        _database is { IsBusy: false } database && session.Execute(request) is { } answer
            ? new(answer, database.Saved())
            : null;

    // It waits its turn, as long as the limit lets it.
    async Task<Executed> Wait(DatabaseSession session, DatabaseRequest request)
    {
        var waiting = new Waiting(session, request);
        _waiting.Add(waiting);
        var limit = _world.SetTimer(LockTimeout, () => GiveUp(waiting));
        var done = await waiting.Done.Task.ConfigureAwait(false);
        _world.CancelTimer(limit);
        return done;
    }

    void GiveUp(Waiting waiting)
    {
        if (_waiting.Remove(waiting))
            waiting.Done.SetResult(new(
                DatabaseAnswer.Failed(SQLitePCL.raw.SQLITE_BUSY, "database is locked"), Task.CompletedTask));
    }

    void WakeWaiting()
    {
        for (var i = 0; i < _waiting.Count && !_world.IsOver;)
        {
            var waiting = _waiting[i];
            if (TryExecute(waiting.Session, waiting.Request) is not { } done)
            {
                i++;
                continue;
            }

            _waiting.RemoveAt(i);
            waiting.Done.SetResult(done);
        }
    }

    static Task Never() => new TaskCompletionSource().Task;

    // The answer may be given when what was committed is durable.
    sealed record Executed(DatabaseAnswer Answer, Task Saved);

    sealed record Waiting(DatabaseSession Session, DatabaseRequest Request)
    {
        public TaskCompletionSource<Executed> Done { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
