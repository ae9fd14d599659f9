using Steelyard.Runs;

namespace Steelyard.App.Live;

/// <summary>A run of a comparison that is still to be done.</summary>
/// <param name="Name">A word or two on its world.</param>
/// <param name="Request">What is run.</param>
internal sealed record PlannedRun(string Name, RunRequest Request)
{
    /// <summary>The simulated run it is to stand beside; null where it is one itself.</summary>
    public PlannedRun? Twin { get; init; }
}
