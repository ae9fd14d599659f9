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
    readonly GateTable _table = new();
    readonly LinkGates _gates;
    readonly LinkProxy _link;

    public LinkProxyTests()
    {
        _server.Start();
        _gates = _table.Between(0, 1);
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
        _gates.Forth.Pace.Worsen(LinkTrouble.None with { Delay = s_moment }, effect);

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

    [Fact]
    public async Task A_narrow_link_takes_its_time_for_bytes()
    {
        var (near, far) = await Connect();
        _gates.Forth.Pace.Worsen(LinkTrouble.None with { BandwidthBytesPerSecond = 200_000 }, new());

        var start = Stopwatch.GetTimestamp();
        await near.SendAsync(new byte[40_000]);
        for (var received = 0; received < 40_000;)
            received += await far.ReceiveAsync(new byte[40_000]);

        Assert.True(Stopwatch.GetElapsedTime(start) >= s_moment * 2);
    }

    [Fact]
    public async Task Of_several_troubles_what_is_left_counts()
    {
        var (near, far) = await Connect();
        var (longer, shorter) = (new EffectMark(), new EffectMark());
        _gates.Forth.Pace.Worsen(LinkTrouble.None with { Delay = TimeSpan.FromMinutes(1) }, longer);
        _gates.Forth.Pace.Worsen(LinkTrouble.None with { Delay = s_moment }, shorter);
        _gates.Forth.Pace.Better(longer);

        var start = Stopwatch.GetTimestamp();
        await Send(near, 1);
        await Receive(far);

        Assert.True(Stopwatch.GetElapsedTime(start) >= s_moment);
        Assert.Equal((false, true), (longer.IsSet, shorter.IsSet));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public async Task A_reset_ends_connections_for_both_sides_over_the_link_on_which_they_were_opened(
        int from, int to)
    {
        var (near, far) = await Connect();
        var effect = new EffectMark();

        _table.Reset([(from, to)], refuses: false, effect)();

        Assert.Equal(from == 0, effect.IsSet);
        if (from == 0)
        {
            await Assert.ThrowsAsync<SocketException>(() => Receive(near));
            await Assert.ThrowsAsync<SocketException>(() => Receive(far));
        }
        else
        {
            await Send(near, 1);
            Assert.Equal((byte?)1, await Receive(far));
        }
    }

    [Fact]
    public async Task A_reset_that_refuses_resets_new_connections_until_it_ends()
    {
        var effect = new EffectMark();
        var end = _table.Reset([(0, 1)], refuses: true, effect);

        using var caller = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            await caller.ConnectAsync(_link.Address);
            await Receive(caller);
        });
        Assert.True(effect.IsSet);

        end();
        var (near, far) = await Connect();
        await Send(near, 1);
        Assert.Equal((byte?)1, await Receive(far));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_half_open_connection_is_kept_by_one_side_and_hears_nothing_until_it_ends(
        bool nearKeeps)
    {
        var (near, far) = await Connect();
        await Send(near, 1);
        await Receive(far);
        var (keeper, forgetter) = nearKeeps ? (near, far) : (far, near);
        var effect = new EffectMark();

        var end = _table.Forget([nearKeeps ? (0, 1) : (1, 0)], effect);
        await Assert.ThrowsAsync<SocketException>(() => Receive(forgetter));
        await Send(keeper, 2);
        var hearing = Receive(keeper);
        await Task.WhenAny(hearing, Task.Delay(s_moment));

        Assert.False(hearing.IsCompleted);
        Assert.True(effect.IsSet);
        end();
        await Assert.ThrowsAsync<SocketException>(() => hearing);
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
