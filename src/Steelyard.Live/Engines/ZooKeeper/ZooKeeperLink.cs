using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Steelyard.Live.Engines.ZooKeeper;

/// <summary>One TCP connection to a server: requests go out in order, and answers come back in that
/// order.</summary>
internal sealed class ZooKeeperLink : IDisposable
{
    /// <summary>The number of pings.</summary>
    public const int PingNumber = -2;

    const int MostBytes = 4 << 20;

    readonly TcpClient _tcp = new() { NoDelay = true };
    readonly SemaphoreSlim _writing = new(1);
    readonly ConcurrentDictionary<int, TaskCompletionSource<JuteReader>> _waiting = new();
    int _number;

    ZooKeeperLink()
    {
    }

    /// <summary>Whether it is of no more use.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The latest change that the server has told of.</summary>
    public long LastChange { get; private set; }

    /// <summary>Connects, and says who we are.</summary>
    /// <returns>The connection, and the server's answer.</returns>
    /// <exception cref="IOException">The server hung up.</exception>
    /// <exception cref="SocketException">It is not there.</exception>
    public static async Task<(ZooKeeperLink Link, JuteReader Answer)> Open(
        IPEndPoint server, JuteWriter greeting, CancellationToken stop)
    {
        var link = new ZooKeeperLink();
        try
        {
            await link._tcp.ConnectAsync(server, stop);
            await link.Send(greeting, stop);
            var answer = await link.Receive(stop);
            // Not on the loop of the run: a session is ended in good order after that.
            _ = Task.Run(link.ReceiveAll, CancellationToken.None);
            return (link, answer);
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    /// <summary>Asks once.</summary>
    /// <exception cref="ZooKeeperRefusal">It was refused.</exception>
    /// <exception cref="IOException">The connection broke before there was an answer.</exception>
    public async Task<JuteReader> Ask(int kind, JuteWriter request, CancellationToken stop)
    {
        var number = ++_number;
        var answer = new TaskCompletionSource<JuteReader>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[number] = answer;
        try
        {
            await Send(new JuteWriter().Int(number).Int(kind).Record(request), stop);
            if (IsBroken)
                throw new IOException("the connection is broken");
            return await answer.Task.WaitAsync(stop);
        }
        finally
        {
            _waiting.TryRemove(number, out _);
        }
    }

    /// <summary>Sends what is not answered to anybody.</summary>
    public async Task Send(JuteWriter request, CancellationToken stop)
    {
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, request.Written.Length);
        await _writing.WaitAsync(stop);
        try
        {
            await _tcp.GetStream().WriteAsync((byte[])[.. length, .. request.Written.Span], stop);
        }
        catch (Exception gone) when (gone is ObjectDisposedException or InvalidOperationException)
        {
            throw new IOException("the connection is closed", gone);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        IsBroken = true;
        _tcp.Dispose();
    }

    async Task ReceiveAll()
    {
        try
        {
            while (true)
                Take(await Receive(CancellationToken.None));
        }
        catch (Exception over) when (over is IOException or SocketException or ObjectDisposedException)
        {
            IsBroken = true;
            foreach (var answer in _waiting.Values)
                answer.TrySetException(new IOException("the connection broke", over));
        }
    }

    void Take(JuteReader reply)
    {
        var (number, change, code) = (reply.Int(), reply.Long(), reply.Int());
        LastChange = Math.Max(LastChange, change);
        if (!_waiting.TryGetValue(number, out var answer))
            return;
        if (code == 0)
            answer.TrySetResult(reply);
        else
            answer.TrySetException(new ZooKeeperRefusal(code));
    }

    async Task<JuteReader> Receive(CancellationToken stop)
    {
        var stream = _tcp.GetStream();
        var length = new byte[sizeof(int)];
        await stream.ReadExactlyAsync(length, stop);
        var count = BinaryPrimitives.ReadInt32BigEndian(length);
        if (count is < 0 or > MostBytes)
            throw new IOException($"expected a record of at most {MostBytes} bytes, found {count}");
        var record = new byte[count];
        await stream.ReadExactlyAsync(record, stop);
        return new(record);
    }
}
