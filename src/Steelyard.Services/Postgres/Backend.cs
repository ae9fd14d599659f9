using System.Net.Sockets;
using Steelyard.Services.Postgres.Servers;
using Steelyard.Services.Postgres.Wire;
using Steelyard.Services.Sockets;

namespace Steelyard.Services.Postgres;

/// <summary>A session of the real server: what it is asked it does until it answers or waits for
/// another.</summary>
internal sealed class Backend : IDisposable
{
    // A message without content, that the server answers by saying it is ready.
    static readonly byte[] s_sync = [(byte)'S', 0, 0, 0, 4];

    static readonly TimeSpan s_longestEnd = TimeSpan.FromSeconds(5);
    static readonly byte[] s_buffer = new byte[256 * 1024];

    readonly Socket _socket;
    byte[] _toSend = [];
    bool _isStopped;

    public Backend(string path)
    {
        _socket = UnixSocket.To(path);
        _socket.Blocking = false;
    }

    /// <summary>The server's process; 0 while it is not known.</summary>
    public int Process { get; private set; }

    /// <summary>What it has answered so far to what it was asked last.</summary>
    public BackendReply Reply { get; private set; } = new();

    /// <summary>Whether it ended by itself.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether it does nothing now, in no transaction.</summary>
    public bool IsIdle { get; private set; }

    /// <summary>Whether it waits for rows.</summary>
    public bool WantsRows => Reply.WantsRows;

    /// <summary>Asks it.</summary>
    public void Ask(byte[] request)
    {
        IsIdle = false;
        Reply = new();
        _toSend = request;
    }

    /// <summary>Waits a while for its answer.</summary>
    /// <returns>Whether it is there whole, or no more of it will come.</returns>
    public bool HasAnswered(TimeSpan patience)
    {
        if (_isStopped)
            ProcessSignals.Send(Process, ProcessSignals.Continue);
        _isStopped = false;
        while (!IsOver && !(Reply.IsComplete && _toSend.Length == 0))
        {
            SendNow();
            var events = _toSend.Length > 0
                ? (short)(SocketCalls.CanRead | SocketCalls.CanWrite)
                : SocketCalls.CanRead;
            if (SocketCalls.Look([SocketCalls.Of(_socket, events)], patience) == 0)
                return false;
            Receive();
        }

        if (Reply.Process != 0)
            Process = Reply.Process;
        IsIdle = Reply.IsInTransaction == false;
        return true;
    }

    /// <summary>Holds it where it waits: of several that could go on at once, the world says who does
    /// first.</summary>
    public void Hold()
    {
        ProcessSignals.Send(Process, ProcessSignals.Stop);
        _isStopped = true;
    }

    /// <summary>Tells it to give up what it is at.</summary>
    public void Cancel() => ProcessSignals.Send(Process, ProcessSignals.Interrupt);

    /// <summary>Waits for what others have told it: it hears of that before it is ready again.</summary>
    public BackendReply Hear()
    {
        Ask(s_sync);
        while (!HasAnswered(TimeSpan.FromSeconds(1)))
        {
        }

        return Reply;
    }

    /// <summary>Ends it, and waits until it has let go of everything.</summary>
    public void End()
    {
        if (!IsOver)
        {
            _socket.Shutdown(SocketShutdown.Send);
            if (_isStopped)
                ProcessSignals.Send(Process, ProcessSignals.Continue);
            while (!IsOver
                && SocketCalls.Look([SocketCalls.Of(_socket, SocketCalls.CanRead)], s_longestEnd) > 0)
                Receive();
        }

        _socket.Dispose();
    }

    /// <summary>Lets go of it: the run is over, or the server was killed.</summary>
    public void Dispose()
    {
        if (_isStopped && !IsOver)
            ProcessSignals.Send(Process, ProcessSignals.Continue);
        IsOver = true;
        _socket.Dispose();
    }

    void SendNow()
    {
        if (_toSend.Length == 0)
            return;
        var sent = UnixSocket.SendNow(_socket, _toSend);
        _toSend = sent < 0 ? [] : _toSend[sent..];
    }

    void Receive()
    {
        var count = UnixSocket.ReceiveNow(_socket, s_buffer);
        if (count == 0)
            IsOver = true;
        else if (count > 0)
            Reply.Add(s_buffer.AsSpan(0, count));
    }
}
