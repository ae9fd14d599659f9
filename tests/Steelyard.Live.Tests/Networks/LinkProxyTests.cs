using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Steelyard.Live.Networks;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Networks;

public sealed class LinkProxyTests : IDisposable
{
    static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(100);

    readonly TcpListener _server = new(IPAddress.Loopback, 0);
    readonly LinkGates _gates = new(new(), new());
    readonly LinkProxy _link;

    public LinkProxyTests()
    {
        _server.Start();
        _link = new(
            () => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp),
            (IPEndPoint)_server.LocalEndpoint, _ => _gates);
    }

    public void Dispose()
    {
        _link.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Bytes_go_both_ways_and_are_counted()
    {
        var (near, far) = await Connect();

        await Send(near, 1);
        Assert.Equal((byte?)1, await Receive(far));
        await Send(far, 2);
        Assert.Equal((byte?)2, await Receive(near));

        Assert.Equal(2, _link.Bytes);
    }

    [Fact]
    public async Task A_cut_holds_back_one_direction_until_it_is_mended()
    {
        var (near, far) = await Connect();
        var effect = new EffectMark();
        _gates.Forth.Cut(effect);

        Assert.False(effect.IsSet);
        await Send(near, 1);
        var held = Receive(far);
        await Task.Delay(s_moment);
        Assert.False(held.IsCompleted);
        Assert.True(effect.IsSet);
        await Send(far, 2);
        Assert.Equal((byte?)2, await Receive(near));

        _gates.Forth.Mend();
        Assert.Equal((byte?)1, await held);
    }

    [Fact]
    public async Task A_delay_is_added_to_whatever_comes()
    {
        var (near, far) = await Connect();
        var effect = new EffectMark();
        _gates.Forth.Worsen(new(0, 0, 0, 1) { Delay = s_moment }, effect);

        var start = Stopwatch.GetTimestamp();
        await Send(near, 1);
        await Receive(far);

        Assert.True(Stopwatch.GetElapsedTime(start) >= s_moment);
        Assert.True(effect.IsSet);
    }

    [Fact]
    public async Task Who_hangs_up_is_gone_for_the_other_side()
    {
        var (near, far) = await Connect();

        near.Dispose();

        Assert.Null(await Receive(far));
    }

    async Task<(Socket Near, Socket Far)> Connect()
    {
        var near = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await near.ConnectAsync(_link.Address);
        return (near, await _server.AcceptSocketAsync());
    }

    static async Task Send(Socket socket, byte one) => await socket.SendAsync(new[] { one });

    static async Task<byte?> Receive(Socket socket)
    {
        var buffer = new byte[1];
        return await socket.ReceiveAsync(buffer) == 1 ? buffer[0] : null;
    }
}
