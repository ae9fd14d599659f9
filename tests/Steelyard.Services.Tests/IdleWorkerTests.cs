using Steelyard.Services.Scenarios;
using Steelyard.Services.Tests.Determinism.Runtime;
using Steelyard.Testing;
using Steelyard.Workers;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Tests;

/// <summary>Hunts of one test project share their workers, and never one in which something went
/// wrong.</summary>
public sealed class IdleWorkerTests
{
    [Fact]
    public void A_worker_of_a_sound_run_serves_the_next_hunt_with_the_same_runs()
    {
        // A time of its own makes it a command that no other test shares.
        var first = Run<LastingToken>(TimeSpan.FromSeconds(61));
        var second = Run<LastingToken>(TimeSpan.FromSeconds(61));
        using var idle = Idle<LastingToken>(TimeSpan.FromSeconds(61));

        Assert.Equal(2, idle.Answers);
        Assert.Equal(first, second);
        Assert.Equal(FreshRun.Of<LastingToken>(1), second);
    }

    [Fact]
    public void A_worker_in_which_everybody_waits_serves_nobody_else()
    {
        Run<GatedStall>(TimeSpan.FromSeconds(62));
        using var idle = Idle<GatedStall>(TimeSpan.FromSeconds(62));

        Assert.Equal(0, idle.Answers);
    }

    static FreshRun Run<TScenario>(TimeSpan patience)
        where TScenario : IServicesScenario
    {
        var tested = Tested<TScenario>(patience);
        using var world = tested.CreateSharedWorld();
        return FreshRun.Of(tested, world, 1);
    }

    static WorkerProcess Idle<TScenario>(TimeSpan patience)
        where TScenario : IServicesScenario => IdleWorkers.TakeOrStart(Tested<TScenario>(patience).Command);

    static TestedScenario Tested<TScenario>(TimeSpan patience)
        where TScenario : IServicesScenario
    {
        var tested = TestedScenario.Of(typeof(TScenario));
        return tested with { Command = tested.Command.Within(patience) };
    }
}
