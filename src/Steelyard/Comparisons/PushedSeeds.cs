using Steelyard.Designs.Architecture;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Sweeps;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Comparisons;

/// <summary>
/// Whether an architecture comes back after a push, over many seeds: what is bistable falls either way, so
/// one seed shows one case. Where some do not come back, the same seeds are run under each defence that it
/// lacks.
/// </summary>
/// <param name="AsItIs">Its runs.</param>
/// <param name="Shares">As it is, then under each defence.</param>
internal sealed record PushedSeeds(SweepResult AsItIs, IReadOnlyList<PushShare> Shares)
{
    /// <summary>Runs them.</summary>
    /// <param name="runs">The seeds, and where runs take place.</param>
    /// <param name="request">An architecture with a push.</param>
    /// <exception cref="UserMistakeException">It is none, or nobody pushes.</exception>
    public static PushedSeeds Of(SeededRuns runs, RunRequest request)
    {
        var asked = Asked(request) ?? throw new UserMistakeException(
            "--seeds: expected --against or a push (--kick) with it, found neither; steelyard hunt looks"
            + " for a seed that breaks a promise, and steelyard sweep measures over seeds");
        var asItIs = runs.Execute([("as it is", request)]);
        var share = PushShare.Of("", asItIs.Points[0]);
        if (asItIs.IsPartial || share.Recovers == share.Seeds)
            return new(asItIs, [share]);
        var defended = Defence.All.Select(defence => (defence.Name, Graph: defence.Onto(asked)))
            .Where(one => one.Graph != asked).Select(one => (one.Name, Of(one.Graph, request))).ToList();
        return defended.Count == 0 ? new(asItIs, [share])
            : new(asItIs, [share, .. runs.Execute(defended).Points
                .Select(point => PushShare.Of(point.Point.Name, point))]);
    }

    static ArchitectureGraph? Asked(RunRequest request) =>
        request.Build().Deployment is ArchitectureDeployment { Asked: { Push.Is: true } asked }
            ? asked : null;

    static RunRequest Of(ArchitectureGraph graph, RunRequest request)
    {
        var design = new ArchitectureDesign(graph);
        return RunRequest.Of(design, new(design, new()), request.Faults, request.Seed);
    }
}
