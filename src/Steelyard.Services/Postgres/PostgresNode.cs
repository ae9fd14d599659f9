using System.Buffers.Binary;
using Steelyard.Services.Networking;
using Steelyard.Services.Postgres.Servers;
using Steelyard.Services.Postgres.Wire;
using Steelyard.Services.Scheduling;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Postgres;

/// <summary>
/// One life of a host with a PostgreSQL: a real server of this machine, that is reached over the simulated
/// network only. A crash is <c>kill -9</c>; the next life begins with what the server recovers.
/// </summary>
internal sealed class PostgresNode : INode, IShowsState, ILiveHost
{
    /// <summary>The port it listens on.</summary>
    public const int Port = 5432;

    // As no process of a machine is called that runs a server.
    const int FirstNumber = 1000;

    readonly INodeWorld _world;
    readonly PostgresOptions _options;
    readonly NetworkStack _stack;
    readonly List<PostgresSession> _sessions = [];
    PrivatePostgres? _server;
    SessionTurns? _turns;
    int _numbers = FirstNumber;
    bool _willWrite;

    public PostgresNode(INodeWorld world, PostgresOptions options)
    {
        _world = world;
        _options = options;
        _stack = new(world);
    }

    /// <inheritdoc/>
    public void Start()
    {
        LiveHosts.Add(this);
        _server = PrivatePostgresServers.Start(_world.Name, _options);
        _turns = new(_server) { Done = Answer };
        _stack.Listen(Port, Accept);
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
        sheet.Add("waiting", _turns?.WaitingCount ?? 0);
    }

    /// <inheritdoc/>
    public void BreakOff()
    {
        _sessions.ForEach(session => session.Backend?.Dispose());
        _sessions.Clear();
        _turns = null;
        _stack.End();
    }

    /// <inheritdoc/>
    public bool Release() => false;

    /// <inheritdoc/>
    public Task Stop() => Task.CompletedTask;

    void Accept(Connection connection)
    {
        var session = new PostgresSession(connection, _numbers++);
        _sessions.Add(session);
        connection.Heard = () => Hear(session);
    }

    void Hear(PostgresSession session)
    {
        if (_world.IsOver || _turns is null)
            return;
        session.Take();
        Work(session);
    }

    void Work(PostgresSession session)
    {
        while (_turns is { } turns && session.Next() is { } request)
            Handle(turns, session, request);
        if (session is { IsLeft: true, Waits: false })
            Leave(session);
    }

    void Handle(SessionTurns turns, PostgresSession session, SessionRequest request)
    {
        switch (request.Kind)
        {
            case RequestKind.Encryption:
                session.Send("N"u8.ToArray());
                break;
            case RequestKind.Cancel:
                Cancel(turns, BinaryPrimitives.ReadInt32BigEndian(request.Bytes.AsSpan(8)));
                session.Close();
                break;
            case RequestKind.Terminate:
                Leave(session);
                break;
            default:
                session.Backend ??= new(_server!.Path);
                turns.Ask(session, request);
                TellListeners(session);
                WriteLater();
                break;
        }
    }

    void Cancel(SessionTurns turns, int number)
    {
        if (_sessions.Find(session => session.Number == number) is { } waits)
            turns.Cancel(waits);
    }

    // It has answered, or ended for a reason of its own.
    void Answer(PostgresSession session)
    {
        var backend = session.Backend!;
        session.Send(Messages.ForClient(backend.Reply.Bytes, NumberOf));
        if (backend.IsOver || session.IsLeft)
            Leave(session);
        else
            // What it sent while it waited.
            _world.SetTimer(TimeSpan.Zero, () => Hear(session));
    }

    void Leave(PostgresSession session)
    {
        if (!_sessions.Remove(session))
            return;
        _turns?.End(session);
        session.Close();
    }

    // A notification comes when its sender has committed, and to each at a moment of its own.
    void TellListeners(PostgresSession sender)
    {
        foreach (var session in _sessions)
            if (session != sender && session is { MayListen: true, Backend: { IsIdle: true } backend })
                session.Send(Messages.ForClient(backend.Hear().Bytes, NumberOf, withoutEnd: true));
    }

    // What was committed without waiting for the disk. A crash that comes first takes it.
    void WriteLater()
    {
        if (_willWrite)
            return;
        _willWrite = true;
        _world.SetTimer(_options.WriteDelay, () =>
        {
            _willWrite = false;
            if (_turns is not null)
                _server!.Write();
        });
    }

    int NumberOf(int process) =>
        _sessions.Find(session => session.Backend?.Process == process)?.Number ?? 0;
}
