using Steelyard.Simulation.Tests.Systems;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Tests.Clocks;

public sealed class SimulatedClockTests
{
    [Fact]
    public void A_fast_clock_fires_its_timers_early()
    {
        // 25 % fast from the start: its 1,000 ms are 800 ms of the run; the other node's are 1,000 ms.
        var fast = new ClockDriftFault { At = TimeSpan.Zero, Nodes = ["n1"], PartsPerMillion = 250_000 };

        Assert.Equal([801.0, 1001.0], ArrivalsAfterASecond(fast));
    }

    [Fact]
    public void A_change_of_drift_moves_the_timers_that_wait()
    {
        // 400 ms pass as they are; the other 600, 25 % fast, are 480 ms of the run.
        var later = new ClockDriftFault { At = TestRun.Ms(400), Nodes = ["n1"], PartsPerMillion = 250_000 };

        Assert.Equal([881.0, 1001.0], ArrivalsAfterASecond(later));
    }

    [Fact]
    public void A_slow_clock_that_is_mended_fires_late_by_what_it_lost()
    {
        var slow = new ClockDriftFault
        {
            At = TestRun.Ms(100), For = TestRun.Ms(400), Nodes = ["n1"], PartsPerMillion = -250_000,
        };

        Assert.Equal([1001.0, 1101.0], ArrivalsAfterASecond(slow).Order());
    }

    [Fact]
    public void A_moved_timer_can_still_be_cancelled()
    {
        var fired = false;
        TestRun.Of(1, world =>
        {
            var timer = world.SetTimer(TestRun.Ms(1000), () => fired = true);
            world.SetTimer(TestRun.Ms(900), () => world.CancelTimer(timer));
        }).Under(new ClockDriftFault { At = TestRun.Ms(400), Nodes = ["n1"], PartsPerMillion = 1000 });

        Assert.False(fired);
    }

    [Fact]
    public void A_jump_moves_the_wall_clock_for_good_and_neither_the_monotonic_one_nor_timers()
    {
        var walls = new List<double>();
        var elapsed = new List<double>();
        TestRun.Of(1, world =>
        {
            var (wall, start) = (world.Clock.GetUtcNow(), world.Clock.GetTimestamp());
            world.SetTimer(TestRun.Ms(1000), () =>
            {
                walls.Add((world.Clock.GetUtcNow() - wall).TotalMilliseconds);
                elapsed.Add(world.Clock.GetElapsedTime(start).TotalMilliseconds);
            });
        }).Under(new ClockJumpFault { At = TestRun.Ms(500), Nodes = ["n1"], By = TestRun.Ms(-300) });

        Assert.Equal([700.0], walls);
        Assert.Equal([1000.0], elapsed);
    }

    [Fact]
    public void Clocks_start_within_the_skew_and_apart()
    {
        var walls = new List<DateTimeOffset>();
        var scenario = TestRun.Of(20, world => walls.Add(world.Clock.GetUtcNow()));

        (scenario with { Cluster = scenario.Cluster with { InitialSkew = TestRun.Ms(50) } }).Under();

        Assert.InRange(walls.Max() - walls.Min(), TestRun.Ms(50), TestRun.Ms(100));
    }

    [Fact]
    public void A_periodic_timer_of_dotnet_fires_until_it_is_disposed()
    {
        var fired = 0;
        TestRun.Of(1, world =>
        {
            ITimer? timer = null;
            timer = world.Clock.CreateTimer(
                _ =>
                {
                    if (++fired == 5)
                        timer!.Dispose();
                },
                null, TestRun.Ms(10), TestRun.Ms(10));
        }).Under();

        Assert.Equal(5, fired);
    }

    /// <summary>When, in ms of the run, the notes of n1 and n2 reach n3, each sent a second after the start
    /// by the sender's clock and under way for 1 ms.</summary>
    static List<double> ArrivalsAfterASecond(Fault fault)
    {
        var arrivals = new List<double>();
        long start = 0;
        TestRun.Of(
            3,
            world =>
            {
                if (world.Name == "n3")
                    start = world.Clock.GetTimestamp();
                else
                    world.SetTimer(TestRun.Ms(1000), () => world.Send(world.Nodes[2], new Note(1)));
            },
            (world, _, message) =>
            {
                if (message is Note)
                    arrivals.Add(world.Clock.GetElapsedTime(start).TotalMilliseconds);
            }).Under(fault);
        return arrivals;
    }
}
