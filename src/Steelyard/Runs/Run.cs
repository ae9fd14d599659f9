using Steelyard.Histories;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Runs;

/// <summary>
/// One execution with a seed; the tour of the whole system. A <see cref="Scenario"/> (design, workload,
/// expectations) and a fault plan go into a world; the world gives a <see cref="History"/> of what clients
/// saw; checkers give verdicts on it, measurements give numbers; a folder with a report keeps them all
/// (<see cref="RunFolder"/>).
/// </summary>
public static class Run
{
    /// <summary>Runs, judges and measures. When it is stopped on the way, what is there is kept and called
    /// partial.</summary>
    /// <exception cref="UserMistakeException">Options, faults and design do not fit together.</exception>
    /// <exception cref="DesignFailedException">The user's design threw.</exception>
    /// <param name="request">What to run.</param>
    /// <param name="place">Where it runs.</param>
    /// <param name="control">What may look at it, or stop it.</param>
    public static RunResult Execute(RunRequest request, IWorld place, RunControl control) =>
        DesignFailedException.Guard(request.Spec, () => Unguarded(request, place, control));

    static RunResult Unguarded(RunRequest request, IWorld place, RunControl control)
    {
        var scenario = request.Build();
        var faults = request.Faults.PlanFor(scenario, request.Seed);
        // Nobody looks at the messages of a run whose operations nobody sees.
        if (!scenario.Deployment.KeepsOperations)
            control = control with { Trace = null, States = null };
        var world = place.Execute(scenario, faults, request.Seed, control, request.Spec.EndPoint);
        var judged = new JudgedRun(world, scenario, faults, request.Faults, control);
        return new(
            request, scenario, faults,
            world with { IsPartial = world.IsPartial || control.Cancellation.IsCancellationRequested },
            judged.Verdicts, judged.Measures)
        {
            Counted = judged.Counted,
            Notes = [.. world.Notes, .. FailureNotes.Of(world.Failures)],
        };
    }
}
