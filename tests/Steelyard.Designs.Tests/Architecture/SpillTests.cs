using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Histories;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Architecture;

public sealed class SpillTests
{
    [Fact]
    public void A_crash_loses_what_was_in_memory_and_leaves_what_was_on_the_disk()
    {
        var ledger = Ledger(
            new("queue") { Size = 50, WhenFull = QueuePart.Spill, Durable = false }, crashes: true);

        Assert.InRange(ledger.Lost, 1, 50);
        Assert.True(ledger.Applied > 800);
    }

    [Fact]
    public void Without_a_crash_all_arrives_in_the_end_and_once()
    {
        var ledger = Ledger(new("queue") { Size = 50, WhenFull = QueuePart.Spill }, crashes: false);

        Assert.Equal((0, 0, 0), (ledger.Lost, ledger.Doubled, ledger.StillKept));
        Assert.Equal(ledger.Acknowledged, ledger.Applied);
    }

    [Fact]
    public void A_full_disk_refuses()
    {
        var ledger = Ledger(
            new("queue") { Size = 50, WhenFull = QueuePart.Spill, SpillSize = 100 }, crashes: false);

        Assert.Equal(0, ledger.Lost);
        // 300 a second come and 100 go, for four seconds; 150 can wait.
        Assert.InRange(ledger.Acknowledged, 500, 600);
    }

    [Fact]
    public void It_needs_a_memory_that_is_full_some_time()
    {
        var mistake = Assert.Throws<UserMistakeException>(
            () => Ledger(new("queue") { WhenFull = QueuePart.Spill }, crashes: false));

        Assert.Equal("queue: expected a size beyond which it spills, found none", mistake.Message);
    }

    // 300 writes a second for four seconds, of which the store takes 100.
    static EffectLedger Ledger(QueuePart queue, bool crashes)
    {
        var graph = new ArchitectureGraph("spill",
        [
            new ClientsPart("users") { Rate = 300, Keys = 100, Reads = 0, Calls = [new("queue")] },
            queue with { Calls = [new("store")] },
            new DatabasePart("store")
            {
                Workers = 1, WriteTime = TakesTime.Always(TimeSpan.FromMilliseconds(9)),
            },
        ])
        {
            Duration = TimeSpan.FromSeconds(4), Settle = TimeSpan.FromSeconds(20),
        };
        var crash = new CrashFault
        {
            At = TimeSpan.FromSeconds(2), For = TimeSpan.FromMilliseconds(100), Nodes = ["queue"],
        };
        var world = new SimulatedWorld().Execute(
            ArchitectureScenario.Of(graph), crashes ? new([crash]) : FaultPlan.None, new(1), RunControl.None);
        return ((ArchitectureAccount)world.Account!).Ledger;
    }
}
