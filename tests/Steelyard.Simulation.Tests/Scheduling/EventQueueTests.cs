using Steelyard.Simulation.Scheduling;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Simulation.Tests.Scheduling;

public sealed class EventQueueTests
{
    [Fact]
    public void Events_come_in_order_of_time_and_ties_in_order_of_scheduling()
    {
        var random = new SeededRandom(new(1), "test");
        var queue = new EventQueue();
        var scheduled = new List<(long Time, int Number)>();
        var taken = new List<(long Time, int Number)>();

        for (var number = 0; number < 5000; number++)
        {
            // Taking some in between makes slots of earlier events serve later ones.
            if (random.Chance(0.3) && queue.Count > 0)
                Take(queue, taken);
            var time = Latest(taken) + random.Next(50);
            queue.Push(time, new() { To = new(number) });
            scheduled.Add((time, number));
        }

        while (queue.Count > 0)
            Take(queue, taken);
        Assert.Equal(scheduled.OrderBy(it => it.Time).ThenBy(it => it.Number), taken);
    }

    static long Latest(List<(long Time, int Number)> taken) => taken.Count == 0 ? 0 : taken[^1].Time;

    static void Take(EventQueue queue, List<(long Time, int Number)> taken)
    {
        var time = queue.Pop(out var next);
        taken.Add((time, next.To.Index));
    }
}
