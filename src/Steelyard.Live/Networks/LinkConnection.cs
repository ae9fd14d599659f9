using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Steelyard.Live.Networks;

/// <summary>
/// A connection through a proxy; both directions go through gates. Where either side ends it, it is ended for
/// the other, with a reset where there was one.
/// </summary>
/// <param name="near">From whoever opened it.</param>
/// <param name="far">To the service.</param>
/// <param name="gates">What it goes through.</param>
/// <param name="carried">Told how many bytes went over it.</param>
internal sealed class LinkConnection(Socket near, Socket far, LinkGates gates, Action<int> carried)
{
    const int BufferBytes = 64 << 10;
    const int MostChunks = 64;

    // What one packet carries: what queues for a narrow link comes out of it in such pieces.
    const int PieceBytes = 1448;

    // What a packet takes that opens a connection.
    const int OpeningBytes = 60;

    readonly CancellationTokenSource _over = new();
    readonly TaskCompletionSource _remembered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Socket? _kept;

    /// <summary>Carries it until it is over.</summary>
    /// <param name="target">Where the service is.</param>
    /// <param name="closed">Breaks it off.</param>
    public async Task Run(IPEndPoint target, CancellationToken closed)
    {
        if (!gates.Forth.Admits(this))
        {
            Reset(near);
            far.Dispose();
            return;
        }

        using var closing = closed.Register(_over.Cancel);
        try
        {
            near.NoDelay = far.NoDelay = true;
            await Open(target);
            await Task.WhenAll(Pump(near, far, gates.Forth), Pump(far, near, gates.Back));
            near.Dispose();
            far.Dispose();
        }
        catch (Exception broken) when (broken is SocketException or OperationCanceledException
            or ObjectDisposedException)
        {
            await BreakOff(closed);
        }
        finally
        {
            gates.Forth.Leaves(this);
        }
    }

    /// <summary>Ends it with a reset to both sides.</summary>
    public void Break() => _over.Cancel();

    /// <summary>Ends it for one side; the other keeps it, and hears nothing.</summary>
    /// <param name="nearKeeps">Whether whoever opened it is the one that keeps it.</param>
    public void Forget(bool nearKeeps)
    {
        _kept = nearKeeps ? near : far;
        _over.Cancel();
    }

    /// <summary>Tells who kept it that it is over.</summary>
    public void Remember() => _remembered.TrySetResult();

    // A connection is made by a packet there and one back.
    async Task Open(IPEndPoint target)
    {
        foreach (var gate in (LinkGate[])[gates.Forth, gates.Back])
        {
            await Until(gate.Pace.DueAt(OpeningBytes));
            await gate.Passes().WaitAsync(_over.Token);
        }

        await far.ConnectAsync(target, _over.Token);
    }

    async Task BreakOff(CancellationToken closed)
    {
        foreach (var socket in (Socket[])[near, far])
            if (socket != _kept)
                Reset(socket);
        if (_kept is not { } kept)
            return;
        await Task.WhenAny(_remembered.Task, Task.Delay(Timeout.Infinite, closed));
        Reset(kept);
    }

    // Bytes are read as they come and written when they are due, so that a delay costs no bandwidth.
    async Task Pump(Socket from, Socket to, LinkGate gate)
    {
        try
        {
            var chunks = Channel.CreateBounded<(ReadOnlyMemory<byte> Bytes, long DueAt)>(MostChunks);
            var reading = Read(from, chunks.Writer, gate);
            await foreach (var (bytes, dueAt) in chunks.Reader.ReadAllAsync(_over.Token))
            {
                await Until(dueAt);
                await gate.Passes().WaitAsync(_over.Token);
                await SendAll(to, bytes);
                carried(bytes.Length);
            }

            await reading;
            await gate.Passes().WaitAsync(_over.Token);
            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // A reset is a packet too; then the other direction has nobody to talk to any more.
            await gate.Passes().WaitAsync(_over.Token);
            await _over.CancelAsync();
            throw;
        }
    }

    async Task Read(
        Socket from, ChannelWriter<(ReadOnlyMemory<byte> Bytes, long DueAt)> chunks, LinkGate gate)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (await from.ReceiveAsync(buffer, _over.Token) is > 0 and var count)
            {
                var bytes = buffer[..count];
                var piece = gate.Pace.IsNarrow ? PieceBytes : count;
                for (var start = 0; start < count; start += piece)
                {
                    var part = bytes.AsMemory(start, Math.Min(piece, count - start));
                    await chunks.WriteAsync((part, gate.Pace.DueAt(part.Length)), _over.Token);
                }
            }

            chunks.Complete();
        }
        catch (Exception broken)
        {
            chunks.Complete(broken);
            throw;
        }
    }

    async Task SendAll(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await to.SendAsync(bytes, _over.Token)..];
    }

    // A timer counts whole milliseconds by a coarser clock, and may be a little early.
    async Task Until(long dueAt)
    {
        while (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), dueAt) is var left && left > TimeSpan.Zero)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), _over.Token);
    }

    static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new(enable: true, seconds: 0);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        socket.Dispose();
    }
}
