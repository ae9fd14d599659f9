using Steelyard.Replays;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Workers;

/// <summary>Runs everything twice and compares: whoever says that a seed determines a run had better
/// look.</summary>
/// <param name="createWorld">Makes a world that shares nothing with those before it.</param>
internal sealed class TwiceWorld(Func<IWorld> createWorld) : IWorld
{
    /// <inheritdoc/>
    public bool CanRun(Deployment deployment)
    {
        var world = createWorld();
        using var owned = world as IDisposable;
        return world.CanRun(deployment);
    }

    /// <inheritdoc/>
    /// <remarks>The session throws <see cref="NotDeterministicException"/> as it is finished, where the two
    /// runs differ.</remarks>
    public RunSession Start(Scenario scenario, FaultPlan plan, Seed seed, RunControl control) =>
        new TwiceSession(createWorld, world => world.Start(scenario, plan, seed, control), seed, control);
}

/// <summary>One seed gave two runs.</summary>
/// <param name="seed">The seed.</param>
/// <param name="difference">The first event that differs; null when clients saw the same and only the order
/// of events inside differs.</param>
internal sealed class NotDeterministicException(Seed seed, HistoryDifference? difference)
    : Exception($"seed {seed} gave two histories")
{
    /// <summary>The seed.</summary>
    public Seed Seed => seed;

    /// <summary>The first event that differs; null when clients saw the same.</summary>
    public HistoryDifference? Difference => difference;
}
