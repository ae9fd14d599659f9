using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Worlds.Tests.Load;

public sealed class ArrivalsTests
{
    static readonly OfferedLoad s_load = new()
    {
        CreateWorkload = () => new Numbered(),
        Clients = 4,
        RatePerSecond = 100,
        Duration = TimeSpan.FromSeconds(10),
        Settle = TimeSpan.FromSeconds(2),
    };

    static readonly LoadShape s_shape = new(new(3), 4, 100, 10_000_000_000);

    [Fact]
    public void Poisson_arrivals_of_a_client_do_not_depend_on_how_many_others_there_are()
    {
        var four = Arrivals.PerClient.Of(s_shape).Where(one => one.Client == 2).ToList();
        var five = Arrivals.PerClient.Of(s_shape with { Clients = 5, RatePerSecond = 125 })
            .Where(one => one.Client == 2).ToList();

        Assert.NotEmpty(four);
        Assert.Equal(four, five);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Arrivals_come_in_order_of_time_at_the_stated_rate(bool isPooled)
    {
        var arrivals = (isPooled ? new PooledArrivals(50) : Arrivals.PerClient).Of(s_shape).ToList();

        // Poisson: five deviations of sqrt(1000) about 1000.
        Assert.InRange(arrivals.Count, 842, 1158);
        Assert.Equal(arrivals.OrderBy(one => one.DueNs), arrivals);
        Assert.All(arrivals, one => Assert.InRange(one.DueNs, 0, s_shape.DurationNs - 1));
        Assert.Equal([0, 1, 2, 3], arrivals.Select(one => one.Client).Distinct().Order());
    }

    [Fact]
    public void A_blocked_client_holds_nothing_up_where_arrivals_are_pooled()
    {
        static OneServer World(Arrivals arrivals) => new(
            s_load with { Arrivals = arrivals },
            it => new Asked(it, asked => asked.Input == 7 ? Asked.Never : TimeSpan.FromMilliseconds(1)));
        var (own, pooled) = (World(Arrivals.PerClient), World(new PooledArrivals(20)));

        var history = own.Run();
        var together = pooled.Run();

        Assert.Contains(history.Operations, operation => !operation.IsSent);
        Assert.All(together.Operations, operation => Assert.True(operation.IsSent));
        Assert.All(
            together.Operations.Where(operation => operation.Outcome != Outcome.Open),
            operation => Assert.Equal(operation.IntendedNs, operation.InvokedNs));
        Assert.Equal(LoadDriverTests.RecountedFrom(together), pooled.Driver.Counts);
    }

    [Fact]
    public void A_pool_grows_as_clients_are_busy_and_beyond_its_limit_requests_wait()
    {
        // A hundred a second that take a tenth of a second each: ten clients at work in the mean.
        OneServer World(int most) => new(
            s_load with { Arrivals = new PooledArrivals(most) },
            it => new Asked(it, _ => TimeSpan.FromMilliseconds(100)));
        var (wide, narrow) = (World(1_000), World(5));

        var served = wide.Run();
        var late = narrow.Run();

        Assert.InRange(wide.Clients.Count, 12, 40);
        Assert.All(served.Operations, operation => Assert.Equal(operation.IntendedNs, operation.InvokedNs));
        Assert.Equal(5, narrow.Clients.Count);
        Assert.Contains(late.Operations, operation => !operation.IsSent);
        Assert.Equal(LoadDriverTests.RecountedFrom(late), narrow.Driver.Counts);
    }

    [Fact]
    public void Pooled_requests_are_sent_from_beside_the_node_of_their_client()
    {
        var world = new OneServer(
            s_load with { Arrivals = new PooledArrivals(40) },
            it => new Asked(it, _ => TimeSpan.FromMilliseconds(30)), nodes: 2);

        var requests = world.Run().Operations.Where(operation => operation.IsRequest)
            .OrderBy(operation => operation.Input.AsInteger).ToList();

        Assert.All(requests.Index(), it => Assert.Equal($"n{(it.Index % 2) + 1}", it.Item.Node));
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(-1, 1)]
    [InlineData(2, 0)]
    public void Sessions_that_leave_no_client_or_no_time_are_refused(int clients, int meanSeconds) =>
        Assert.Throws<UserMistakeException>(() => new PoissonArrivals
        {
            SessionClients = clients, MeanBetweenSessions = TimeSpan.FromSeconds(meanSeconds),
        }.Of(s_shape));

    [Fact]
    public void Without_arrivals_there_are_only_final_reads() => Assert.All(
        new OneServer(s_load with { Arrivals = Arrivals.None }, it => new Asked(it, _ => TimeSpan.Zero))
            .Run().Operations,
        operation => Assert.Equal("look", operation.Function));
}
