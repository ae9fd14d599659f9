using System.Net.Sockets;
using Steelyard.Live.Networks;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Networks;

public sealed class LoopbackNetworkTests
{
    static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan s_atMost = TimeSpan.FromSeconds(10);

    // This process is the first node; nobody is the second, and somebody else the third.
    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(1, 0, false)]
    [InlineData(2, 1, false)]
    public async Task A_cut_holds_back_what_the_process_of_one_node_sends_to_another(
        int from, int to, bool holds)
    {
        using var network = new LoopbackNetwork(3)
        {
            ProcessesOf = static node => node == 0 ? [Environment.ProcessId] : [],
        };
        using var server = new TcpListener(network.Listen(1, "peer", 0));
        server.Start();
        using var near = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await near.ConnectAsync(network.Peer(1, "peer", 0));
        using var far = await server.AcceptSocketAsync();
        var effect = new EffectMark();

        var mend = network.Cut([(from, to)], effect);
        await near.SendAsync(new byte[] { 1 });
        var arriving = far.ReceiveAsync(new byte[1]);
        await Task.WhenAny(arriving, Task.Delay(holds ? s_moment : s_atMost));

        Assert.Equal(!holds, arriving.IsCompleted);
        Assert.Equal(holds, effect.IsSet);
        mend();
        Assert.Equal(1, await arriving);
    }
}
