using Steelyard.Runs;
using Steelyard.Services.Scenarios;
using Steelyard.Testing;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Tests;

/// <summary>What tells two runs of a scenario apart.</summary>
internal sealed record FreshRun(ulong HistoryHash, ulong ScheduleHash, int Operations)
{
    /// <summary>That of a seed in a process of its own.</summary>
    public static FreshRun Of<TScenario>(ulong seed)
        where TScenario : IServicesScenario
    {
        var tested = TestedScenario.Of(typeof(TScenario));
        using var world = tested.CreateWorld();
        return Of(tested, world, seed);
    }

    /// <summary>That of a seed in a world that may have run others.</summary>
    public static FreshRun Of(TestedScenario tested, IWorld world, ulong seed)
    {
        var run = Run.Execute(tested.Request.With(new Seed(seed)), world, RunControl.None).World;
        return new(run.History.Hash, run.ScheduleHash, run.History.Count);
    }
}
