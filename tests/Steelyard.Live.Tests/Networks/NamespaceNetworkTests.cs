using System.Diagnostics;
using System.Net.Sockets;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Networks;

/// <summary>What is done to links between nodes in the kernel is measured from one namespace to
/// another.</summary>
public sealed class NamespaceNetworkTests
{
    static readonly TimeSpan s_late = TimeSpan.FromMilliseconds(40);
    static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(300);

    [NamespaceFact]
    public async Task A_delay_in_one_direction_is_added_to_each_round_trip_and_a_link_without_has_none()
    {
        using var pair = new NamespacePair();
        var (near, far) = await pair.Connect();
        var effect = new EffectMark();
        var usual = await RoundTrip(near, far);

        var end = pair.Network.Worsen(
            NamespacePair.Forth, LinkTrouble.None with { Delay = s_late }, effect);
        var late = await RoundTrip(near, far);
        end();
        var again = await RoundTrip(near, far);

        Assert.InRange(late - usual, s_late, s_late * 2);
        Assert.InRange(usual, TimeSpan.Zero, s_late / 2);
        Assert.InRange(again, TimeSpan.Zero, s_late / 2);
        Assert.True(effect.IsSet);
    }

    [NamespaceFact]
    public async Task A_delay_both_ways_counts_twice_and_two_faults_add_up()
    {
        using var pair = new NamespacePair();
        var (near, far) = await pair.Connect();
        var trouble = LinkTrouble.None with { Delay = s_late };

        var ends = pair.Network.Worsen(NamespacePair.Both, trouble, new());
        var twice = await RoundTrip(near, far);
        ends += pair.Network.Worsen(NamespacePair.Forth, trouble, new());
        var thrice = await RoundTrip(near, far);
        ends();

        Assert.InRange(twice, s_late * 2, s_late * 3);
        Assert.InRange(thrice, s_late * 3, s_late * 4);
        Assert.InRange(await RoundTrip(near, far), TimeSpan.Zero, s_late / 2);
    }

    [NamespaceFact]
    public async Task Jitter_makes_round_trips_uneven()
    {
        using var pair = new NamespacePair();
        var (near, far) = await pair.Connect();
        var effect = new EffectMark();

        var end = pair.Network.Worsen(
            NamespacePair.Both, LinkTrouble.None with { Jitter = s_late }, effect);
        var trips = await RoundTrips(near, far, 20);
        end();

        Assert.True(trips.Max() - trips.Min() > s_late / 2, $"{trips.Min()} … {trips.Max()}");
        // Two of up to 40 ms each are 40 ms in the mean.
        Assert.InRange(trips.Order().ElementAt(10), s_late / 2, s_late * 2);
        Assert.True(effect.IsSet);
    }

    [NamespaceFact]
    public async Task A_narrow_link_takes_as_long_for_bytes_as_its_bandwidth_says()
    {
        const int Bytes = 100_000;
        using var pair = new NamespacePair();
        var (near, far) = await pair.Connect();
        var usual = await Transfer(near, far, Bytes);

        var end = pair.Network.Worsen(
            NamespacePair.Forth, LinkTrouble.None with { BandwidthBytesPerSecond = 200_000 }, new());
        var narrow = await Transfer(near, far, Bytes);
        var back = await Transfer(far, near, Bytes);
        end();

        Assert.InRange(usual, TimeSpan.Zero, s_moment);
        // Headers take a little of it as well.
        Assert.InRange(narrow, TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(0.9));
        Assert.InRange(back, TimeSpan.Zero, s_moment);
    }

    [NamespaceFact]
    public async Task What_is_late_is_dropped_all_the_same_where_the_link_is_cut()
    {
        using var pair = new NamespacePair();
        var (near, far) = await pair.Connect();
        var end = pair.Network.Worsen(
            NamespacePair.Forth, LinkTrouble.None with { Delay = s_late }, new());

        var mend = pair.Network.Cut(NamespacePair.Both, new());
        await near.SendAsync(new byte[1]);
        var arriving = far.ReceiveAsync(new byte[1]);
        await Task.WhenAny(arriving, Task.Delay(s_moment));

        Assert.False(arriving.IsCompleted);
        mend();
        Assert.Equal(1, await arriving);
        end();
    }

    [NamespaceFact]
    public async Task A_reset_ends_a_connection_for_both_sides_and_a_new_one_can_be_opened()
    {
        using var pair = new NamespacePair();
        var (near, far) = await pair.Connect();
        var effect = new EffectMark();

        pair.Network.Reset(NamespacePair.Both, refuses: false, effect)();

        await Assert.ThrowsAsync<SocketException>(() => near.ReceiveAsync(new byte[1]));
        await Assert.ThrowsAsync<SocketException>(() => far.ReceiveAsync(new byte[1]));
        Assert.True(effect.IsSet);
        var (again, other) = await pair.Connect();
        await RoundTrip(again, other);
    }

    [NamespaceFact]
    public async Task A_reset_that_refuses_lets_nobody_connect_until_it_ends()
    {
        using var pair = new NamespacePair();
        var effect = new EffectMark();

        var end = pair.Network.Reset(NamespacePair.Both, refuses: true, effect);
        using var caller = pair.NewCaller();
        var refused = await Assert.ThrowsAsync<SocketException>(
            () => caller.ConnectAsync(pair.Service));
        end();

        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        Assert.True(effect.IsSet);
        var (near, far) = await pair.Connect();
        await RoundTrip(near, far);
    }

    [NamespaceFact]
    public void A_reset_of_a_link_without_connections_had_no_effect()
    {
        using var pair = new NamespacePair();
        var effect = new EffectMark();

        pair.Network.Reset(NamespacePair.Both, refuses: true, effect)();

        Assert.False(effect.IsSet);
    }

    [NamespaceFact]
    public async Task A_half_open_connection_is_kept_by_one_side_and_answers_nothing_until_it_ends()
    {
        using var pair = new NamespacePair();
        var (near, far) = await pair.Connect();
        var effect = new EffectMark();

        var end = pair.Network.Forget(NamespacePair.Forth, effect);
        await Assert.ThrowsAsync<SocketException>(() => far.ReceiveAsync(new byte[1]));
        await near.SendAsync(new byte[1]);
        var hearing = near.ReceiveAsync(new byte[1]);
        await Task.WhenAny(hearing, Task.Delay(s_moment));
        Assert.False(hearing.IsCompleted);
        Assert.True(effect.IsSet);
        var (again, other) = await pair.Connect();
        await RoundTrip(again, other);

        end();
        // Sent again by the kernel, it is answered now: there is no such connection.
        await Assert.ThrowsAsync<SocketException>(() => hearing);
    }

    // The shortest: what the machine does besides makes some longer, none shorter.
    static async Task<TimeSpan> RoundTrip(Socket near, Socket far) =>
        (await RoundTrips(near, far, 5)).Min();

    static async Task<IReadOnlyList<TimeSpan>> RoundTrips(Socket near, Socket far, int count)
    {
        var trips = new List<TimeSpan>();
        far.NoDelay = true;
        for (var trip = 0; trip < count; trip++)
        {
            var start = Stopwatch.GetTimestamp();
            await near.SendAsync(new byte[1]);
            await far.ReceiveAsync(new byte[1]);
            await far.SendAsync(new byte[1]);
            await near.ReceiveAsync(new byte[1]);
            trips.Add(Stopwatch.GetElapsedTime(start));
        }

        return trips;
    }

    static async Task<TimeSpan> Transfer(Socket from, Socket to, int bytes)
    {
        var start = Stopwatch.GetTimestamp();
        var sending = from.SendAsync(new byte[bytes]);
        var buffer = new byte[bytes];
        for (var received = 0; received < bytes;)
            received += await to.ReceiveAsync(buffer);
        await sending;
        return Stopwatch.GetElapsedTime(start);
    }
}
