using Steelyard.Hunts;
using Steelyard.Runs;
using Steelyard.Sweeps;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Comparisons;

/// <summary>A few settings over the same seeds, so that what a seed brings befalls all of them: a sweep that
/// wants nothing of its points and keeps nothing.</summary>
/// <param name="Seeds">The seeds.</param>
internal sealed record SeededRuns(SeedRange Seeds)
{
    /// <summary>Seeds where nobody says others.</summary>
    public static SeedRange Usual { get; } = new(1, 20);

    /// <summary>Makes the place for a run.</summary>
    public required Func<RunRequest, IWorld> WorldFor { get; init; }

    /// <summary>Ends it early.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Told after each run, from any thread; null is nobody.</summary>
    public IProgress<SweepProgress>? Progress { get; init; }

    /// <summary>Runs them.</summary>
    /// <param name="settings">What is run, each with its name; at least one.</param>
    public SweepResult Execute(IReadOnlyList<(string Name, RunRequest Run)> settings) => Execute(
        settings[0].Run,
        new(
            [
                .. settings.Select((one, at) => new SweepPoint(at + 1, [], one.Name, one.Run)
                {
                    Short = one.Name,
                }),
            ],
            []));

    /// <summary>Runs them.</summary>
    /// <param name="what">What is the same for all.</param>
    /// <param name="points">The settings.</param>
    public SweepResult Execute(RunRequest what, SweepPoints points) => Sweep.Execute(
        new(what, [], [], SeedPlan.Fixed(Seeds))
        {
            WorldFor = WorldFor,
            Cancellation = Cancellation,
            Progress = Progress,
        },
        points, store: null);
}
