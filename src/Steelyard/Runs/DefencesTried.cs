using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Runs;

/// <summary>
/// Where an architecture does not come back after a push: what becomes of the same run, with the same seed,
/// under each defence that it does not have.
/// </summary>
internal static class DefencesTried
{
    const string OneSeed = "One seed shows one case; --seeds 1..20 tells the share of seeds that recover.";

    /// <summary>The result with what was found; the same where nobody pushed.</summary>
    public static RunResult AddTo(RunResult result, IWorld world, CancellationToken cancellation)
    {
        if (result.World.Account is not ArchitectureAccount account || result.World.IsPartial
            || PushOutcome.Of(account) is not { } outcome
            || result.Scenario.Deployment is not ArchitectureDeployment { Asked: var asked })
            return result;
        if (outcome.Word == PushOutcome.Recovers)
            return result with { Notes = [.. result.Notes, OneSeed] };
        var notes = new List<string>();
        foreach (var defence in Defence.All)
            if (!cancellation.IsCancellationRequested && defence.Onto(asked) is var defended
                && defended != asked
                && Outcome(defended, result.Seed, world, cancellation) is { } other)
                notes.Add(Told(defence, outcome, other));
        return result with { Notes = [.. result.Notes, .. notes, OneSeed] };
    }

    static PushOutcome? Outcome(
        ArchitectureGraph graph, Seed seed, IWorld world, CancellationToken cancellation)
    {
        var scenario = ArchitectureScenario.Of(graph);
        var run = world.Execute(
            scenario, scenario.StoryFaults, seed, new() { Cancellation = cancellation });
        return run.IsPartial ? null : PushOutcome.Of((ArchitectureAccount)run.Account!);
    }

    static string Told(Defence defence, PushOutcome without, PushOutcome with) =>
        $"With {defence.Name}, same seed: {with.Word}, {with.After:P1} answered in time at the end"
        + $" (without: {without.After:P1})"
        + (with.RecoverySeconds is { } seconds
            ? FormattableString.Invariant($", as before {seconds:0.#} s after the push.") : ".");
}
