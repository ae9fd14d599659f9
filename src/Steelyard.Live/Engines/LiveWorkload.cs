using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Engines;

/// <summary>What is asked of an engine, and what its answers are held to.</summary>
/// <param name="Name">Its name, for <c>--workload</c>.</param>
/// <param name="Summary">One line for the help.</param>
/// <param name="Create">Makes it, for each run, for so many clients.</param>
/// <param name="Expectations">What must hold of an engine that is set up so.</param>
internal sealed record LiveWorkload(
    string Name, string Summary, Func<int, IWorkload> Create,
    Func<EngineSetup, IReadOnlyList<IChecker>> Expectations)
{
    /// <summary>Operations a second, unless somebody says otherwise.</summary>
    public double RatePerSecond { get; init; } = 100;

    /// <summary>The share that must succeed while nothing is broken (<see cref="Promises.SuccessFloor"/>):
    /// less than simulated, since engines abort transactions that are in each other's way.</summary>
    public double SuccessFloor { get; init; } = 0.1;

    /// <summary>The share where clients ask for a lock: all but one are told that it is taken.</summary>
    public const double Contended = 0.01;
}
