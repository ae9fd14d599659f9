using Steelyard.Simulation.Scheduling;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Simulation.Tests.Scheduling;

public sealed class LookoutTests
{
    [Fact]
    public void A_run_whose_time_stands_still_is_stopped_with_the_reason()
    {
        var lookout = new RunMonitor(RunControl.None, new Scheduler(), looksWithoutTime: 3);
        for (var look = 0; look < 4; look++)
            Assert.False(lookout.WantsToStop());

        var failure = Assert.Throws<InvalidOperationException>(() => lookout.WantsToStop());

        Assert.Equal(
            "time stands still at 0 ns after 0 events: some node waits for no time at all", failure.Message);
    }

    [Fact]
    public void Time_that_moves_now_and_then_is_enough()
    {
        var scheduler = new Scheduler();
        var lookout = new RunMonitor(RunControl.None, scheduler, looksWithoutTime: 3);

        for (var look = 0; look < 100; look++)
        {
            if (look % 3 == 0)
            {
                scheduler.At(look, default);
                scheduler.Next(out _);
            }

            Assert.False(lookout.WantsToStop());
        }
    }
}
