using Steelyard.Histories;
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
}
