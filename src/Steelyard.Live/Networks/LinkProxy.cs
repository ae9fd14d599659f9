using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Steelyard.Live.Networks;

/// <summary>
/// A TCP proxy in front of one service: each connection to it is one to the service, and both directions go
/// through gates. A connection that either side ends is ended for the other, with a reset where there was
/// one.
/// </summary>
internal sealed class LinkProxy : IDisposable
{
    const int BufferBytes = 64 << 10;
    const int MostChunks = 64;

    readonly Func<Socket> _dial;
    readonly Func<Socket, LinkGates> _gatesOf;
    readonly IPEndPoint _target;
    readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly CancellationTokenSource _closed = new();
    long _bytes;

    /// <summary>Listens on a free port of the loopback.</summary>
    /// <param name="dial">Makes a socket from which the service can be reached.</param>
    /// <param name="target">Where the service is.</param>
    /// <param name="gatesOf">What a connection that was accepted goes through.</param>
    public LinkProxy(Func<Socket> dial, IPEndPoint target, Func<Socket, LinkGates> gatesOf)
    {
        _dial = dial;
        _target = target;
        _gatesOf = gatesOf;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = (IPEndPoint)_listener.LocalEndPoint!;
        _ = Task.Run(AcceptAll);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; }

    /// <summary>How many bytes went over it, both ways.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Cancel();
        _listener.Dispose();
    }

    async Task AcceptAll()
    {
        while (!_closed.IsCancellationRequested)
        {
            Socket near;
            try
            {
                near = await _listener.AcceptAsync(_closed.Token);
            }
            catch (Exception over) when (over is OperationCanceledException or SocketException
                or ObjectDisposedException)
            {
                return;
            }

            _ = Carry(near);
        }
    }

    async Task Carry(Socket near)
    {
        var far = _dial();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token);
        try
        {
            near.NoDelay = far.NoDelay = true;
            var gates = _gatesOf(near);
            // A connection is made by a packet there and one back.
            await gates.Forth.Passes().WaitAsync(over.Token);
            await gates.Back.Passes().WaitAsync(over.Token);
            await far.ConnectAsync(_target, over.Token);
            await Task.WhenAll(
                Pump(near, far, gates.Forth, over.Token), Pump(far, near, gates.Back, over.Token));
            near.Dispose();
            far.Dispose();
        }
        catch (Exception broken) when (broken is SocketException or OperationCanceledException
            or ObjectDisposedException)
        {
            Reset(near);
            Reset(far);
        }
        finally
        {
            await over.CancelAsync();
        }
    }

    // Bytes are read as they come and written when they are due, so that a delay costs no bandwidth.
    async Task Pump(Socket from, Socket to, LinkGate gate, CancellationToken over)
    {
        var chunks = Channel.CreateBounded<(byte[] Bytes, long DueAt)>(MostChunks);
        var reading = Read(from, chunks.Writer, gate, over);
        await foreach (var (bytes, dueAt) in chunks.Reader.ReadAllAsync(over))
        {
            await Until(dueAt, over);
            await gate.Passes().WaitAsync(over);
            await SendAll(to, bytes, over);
            Interlocked.Add(ref _bytes, bytes.Length);
        }

        await reading;
        await gate.Passes().WaitAsync(over);
        to.Shutdown(SocketShutdown.Send);
    }

    static async Task Read(
        Socket from, ChannelWriter<(byte[] Bytes, long DueAt)> chunks, LinkGate gate, CancellationToken over)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (await from.ReceiveAsync(buffer, over) is > 0 and var count)
                await chunks.WriteAsync((buffer[..count], gate.DueAt()), over);
            chunks.Complete();
        }
        catch (Exception broken)
        {
            chunks.Complete(broken);
            throw;
        }
    }

    static async Task SendAll(Socket to, ReadOnlyMemory<byte> bytes, CancellationToken over)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await to.SendAsync(bytes, over)..];
    }

    static async Task Until(long dueAt, CancellationToken over)
    {
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), dueAt);
        if (left > TimeSpan.Zero)
            await Task.Delay(left, over);
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
