using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Networking;

/// <summary>
/// One end of a connection: bytes in order, each once, as long as the network lets some through (RFC 9293;
/// repeats as in RFC 6298, without measuring round trips). What is not read fills its window, and stops the
/// other end's writer.
/// </summary>
internal sealed class Connection
{
    // Large segments keep the number of events low; bandwidth is charged by size all the same.
    const int LargestSegmentBytes = 16 * 1024;

    // What sockets have at first.
    const int WindowBytes = 64 * 1024;
    const int MostRepeats = 9;
    static readonly TimeSpan FirstRepeat = TimeSpan.FromMilliseconds(200);

    readonly NetworkStack _stack;
    readonly NodeId _peer;
    readonly long _number;
    readonly bool _isOpener;
    readonly Pipe _inbound = new(new(
        readerScheduler: PipeScheduler.ThreadPool, writerScheduler: PipeScheduler.ThreadPool,
        pauseWriterThreshold: 0, useSynchronizationContext: false));
    readonly CancellationTokenSource _closed = new();
    readonly WindowReader _input;
    readonly Queue<Segment> _unacknowledged = new();
    readonly SortedDictionary<long, Segment> _early = [];
    TaskCompletionSource<Connection>? _opening;
    TaskCompletionSource? _room;
    SocketError _failure;
    CancellationTokenRegistration _givingUp;
    TimerId _repeat;
    TimerId _probe;
    int _repeats;
    int _probes;
    int _unanswered;
    long _sent;
    long _acknowledged;
    long _mayBeSent;
    long _received;
    long _read;
    long _offered = WindowBytes;
    bool _finSent;
    bool _finReceived;
    bool _isDeaf;
    bool _isProbing;

    public Connection(NetworkStack stack, NodeId peer, long number, bool isOpener)
    {
        _stack = stack;
        _peer = peer;
        _number = number;
        _isOpener = isOpener;
        _input = new(_inbound.Reader, TakeRead);
    }

    /// <summary>What arrives.</summary>
    public PipeReader Input => _input;

    /// <summary>Cancelled when it broke, or when the other end will say nothing more: a server then gives up
    /// the request it is at, as on a socket.</summary>
    public CancellationToken Closed => _closed.Token;

    /// <summary>The connection's number, the same at both ends.</summary>
    public long Number => _number;

    /// <summary>The other end.</summary>
    public NodeId Peer => _peer;

    /// <summary>Whether the other end has yet to acknowledge something.</summary>
    public bool HasUnacknowledged => _unacknowledged.Count > 0;

    /// <summary>Whether it failed, here or at the other end.</summary>
    public bool IsBroken => _failure != SocketError.Success;

    /// <summary>Told, in the event loop, when bytes came, or the end; for one that reads with
    /// <see cref="PipeReader.TryRead"/> and never waits. Null is nobody.</summary>
    public Action? Heard { get; set; }

    bool IsShut => _sent >= _mayBeSent;

    /// <summary>Asks the other end for it.</summary>
    public Task<Connection> Open(int port, CancellationToken cancellation)
    {
        _opening = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var opening = _opening;
        if (cancellation.CanBeCanceled)
            _givingUp = cancellation.UnsafeRegister(
                static (end, token) => ((Connection)end!).GiveUp(token), this);
        // It may have been cancelled before: then there is nobody to ask for it.
        if (!IsBroken)
            SendKept(new(_number, _isOpener, SegmentKind.Syn, port, 0, 0, WindowBytes, default));
        return opening.Task;
    }

    /// <summary>Sends bytes; waits while the other end has no room for them.</summary>
    /// <exception cref="IOException">It broke.</exception>
    public async ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (bytes.Length > 0)
        {
            while (!IsBroken && !_finSent && IsShut)
            {
                _room ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                ProbeLater();
                await _room.Task.WaitAsync(cancellation).ConfigureAwait(false);
            }

            if (IsBroken || _finSent)
                throw Broken();
            var room = (int)Math.Min(LargestSegmentBytes, _mayBeSent - _sent);
            var part = bytes[..Math.Min(bytes.Length, room)];
            bytes = bytes[part.Length..];
            SendStream(SegmentKind.Data, part.ToArray());
        }
    }

    /// <summary>Ends the own stream.</summary>
    public void CloseOutput()
    {
        if (_finSent || IsBroken)
            return;
        _finSent = true;
        WakeWriter();
        SendStream(SegmentKind.Fin, default);
        ForgetIfOver();
    }

    /// <summary>Ends the own stream and listens no more: whatever still comes is answered with a reset, and
    /// so is what came and was not read (RFC 1122, section 4.2.2.13).</summary>
    public void Close()
    {
        var hasUnread = _received - (_finReceived ? 1 : 0) > _read;
        _isDeaf = true;
        // The writer and not the reader: a read that waits must hear of it.
        if (!_finReceived)
            _inbound.Writer.Complete(new IOException("the connection was closed here"));
        if (hasUnread)
            Abort();
        else
            CloseOutput();
    }

    /// <summary>Gives it up, and tells the other end.</summary>
    public void Abort()
    {
        if (IsBroken)
            return;
        if (!(_finSent && _finReceived && _unacknowledged.Count == 0))
            Send(SegmentKind.Reset);
        Break(SocketError.OperationAborted);
    }

    /// <summary>Lets it fail here, without a word to the other end.</summary>
    public void Break(SocketError why)
    {
        if (IsBroken)
            return;
        _failure = why;
        _stack.World.CancelTimer(_repeat);
        _stack.World.CancelTimer(_probe);
        _stack.Forget(_number, _isOpener);
        _unacknowledged.Clear();
        _early.Clear();
        _opening?.TrySetException(new SocketException((int)why));
        EndOpening();
        WakeWriter();
        if (!_finReceived)
            _inbound.Writer.Complete(Broken());
        SayClosed();
        Heard?.Invoke();
    }

    /// <summary>A segment arrived.</summary>
    public void Receive(Segment segment)
    {
        if (IsBroken)
            return;
        if (segment.Kind == SegmentKind.Reset)
        {
            Break(_opening is null ? SocketError.ConnectionReset : SocketError.ConnectionRefused);
            return;
        }

        if (segment.Kind == SegmentKind.Syn)
        {
            _mayBeSent = Math.Max(_mayBeSent, segment.Window);
            Send(SegmentKind.SynAck);
            return;
        }

        if (_opening is { } opening)
        {
            Settle();
            EndOpening();
            opening.TrySetResult(this);
        }

        Acknowledge(segment.Acknowledged);
        OpenUpTo(segment.Acknowledged + segment.Window);
        if (segment.Kind is SegmentKind.Data or SegmentKind.Fin)
            Take(segment);
        else if (segment.Kind == SegmentKind.Probe)
            Send(SegmentKind.Ack);
        ForgetIfOver();
    }

    void Take(Segment segment)
    {
        if (segment.Sequence > _received)
            _early.TryAdd(segment.Sequence, segment);
        else if (segment.Sequence == _received)
            TakeInOrder(segment);
        // What came before already is acknowledged again: the first word of it may be lost.
        if (IsBroken)
            return;
        Send(SegmentKind.Ack);
        Heard?.Invoke();
    }

    void TakeInOrder(Segment segment)
    {
        for (var next = segment; next is not null; _early.Remove(_received, out next))
        {
            _received = next.End;
            if (next.Kind == SegmentKind.Fin)
            {
                _finReceived = true;
                _inbound.Writer.Complete();
                SayClosed();
                return;
            }

            if (_isDeaf)
            {
                Abort();
                return;
            }

            _inbound.Writer.Write(next.Bytes.Span);
        }

        // Never waits: the pipe has no upper threshold, and nothing beyond the window is sent.
        _ = _inbound.Writer.FlushAsync(CancellationToken.None);
    }

    // Its callbacks belong to the host and not to whoever ended it.
    void SayClosed() =>
        ThreadPool.UnsafeQueueUserWorkItem(static source => source.Cancel(), _closed, preferLocal: false);

    void Acknowledge(long upTo)
    {
        if (upTo <= _acknowledged)
            return;
        _acknowledged = upTo;
        while (_unacknowledged.TryPeek(out var oldest) && oldest.End <= upTo)
            _unacknowledged.Dequeue();
        Settle();
        if (_unacknowledged.Count > 0)
            Await();
    }

    // Segments that overtook one another may bring an older window; it never shrinks.
    void OpenUpTo(long place)
    {
        _unanswered = 0;
        _mayBeSent = Math.Max(_mayBeSent, place);
        if (IsShut)
        {
            ProbeLater();
            return;
        }

        WakeWriter();
        _stack.World.CancelTimer(_probe);
        _isProbing = false;
        _probes = 0;
    }

    void WakeWriter()
    {
        _room?.TrySetResult();
        _room = null;
    }

    // The word that opens the window may be lost, and nothing else would be said again (RFC 9293, section
    // 3.8.6.1). Where something is unacknowledged, its repeats ask as well.
    void ProbeLater()
    {
        if (_room is null || IsBroken || _unacknowledged.Count > 0 || _isProbing)
            return;
        _isProbing = true;
        _probe = _stack.World.SetTimer(FirstRepeat * (1 << Math.Min(_probes++, MostRepeats)), Probe);
    }

    // A window that stays shut ends no connection, as long as the other end says so.
    void Probe()
    {
        _isProbing = false;
        if (_room is null || IsBroken || _unacknowledged.Count > 0)
            return;
        if (++_unanswered > MostRepeats)
        {
            Break(SocketError.TimedOut);
            return;
        }

        Send(SegmentKind.Probe);
        ProbeLater();
    }

    // What was read makes room. A window that opens by little is not worth a word (RFC 9293, section
    // 3.8.6.2.2).
    void TakeRead(long count)
    {
        var wasShut = _offered - _received < LargestSegmentBytes;
        _read += count;
        if (wasShut && !IsBroken && !_finReceived && !_isDeaf && Window() >= LargestSegmentBytes)
            Send(SegmentKind.Ack);
    }

    long Window()
    {
        var room = _read + WindowBytes;
        if (room - _offered >= LargestSegmentBytes)
            _offered = room;
        return Math.Max(0, _offered - _received);
    }

    void SendStream(SegmentKind kind, ReadOnlyMemory<byte> bytes)
    {
        var segment = new Segment(_number, _isOpener, kind, 0, _sent, _received, Window(), bytes);
        _sent = segment.End;
        SendKept(segment);
    }

    void SendKept(Segment segment)
    {
        _unacknowledged.Enqueue(segment);
        if (_unacknowledged.Count == 1)
            Await();
        _stack.Send(_peer, segment);
    }

    void Send(SegmentKind kind) => _stack.Send(
        _peer, new Segment(_number, _isOpener, kind, 0, _sent, _received, Window(), default));

    void Await() => _repeat = _stack.World.SetTimer(FirstRepeat * (1 << _repeats), Repeat);

    void Settle()
    {
        _stack.World.CancelTimer(_repeat);
        _repeats = 0;
        if (_unacknowledged.TryPeek(out var first) && first.Kind == SegmentKind.Syn)
            _unacknowledged.Dequeue();
    }

    void Repeat()
    {
        if (IsBroken || _unacknowledged.Count == 0)
            return;
        if (++_repeats > MostRepeats)
        {
            Break(SocketError.TimedOut);
            return;
        }

        foreach (var segment in _unacknowledged)
            _stack.Send(_peer, segment with { Acknowledged = _received, Window = Window() });
        Await();
    }

    void GiveUp(CancellationToken cancellation)
    {
        if (_opening is not { } opening)
            return;
        EndOpening();
        opening.TrySetCanceled(cancellation);
        Abort();
    }

    // The token may live much longer than the connection.
    void EndOpening()
    {
        _opening = null;
        _givingUp.Unregister();
        _givingUp = default;
    }

    void ForgetIfOver()
    {
        if (_finSent && _finReceived && _unacknowledged.Count == 0)
            _stack.Forget(_number, _isOpener);
    }

    IOException Broken()
    {
        var why = new SocketException((int)(IsBroken ? _failure : SocketError.Shutdown));
        return new IOException(why.Message, why);
    }
}
