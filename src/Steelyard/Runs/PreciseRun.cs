using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Histories;
using Steelyard.Histories.Measuring;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Runs;

/// <summary>
/// A run of an architecture that lasts until its latencies are known so precisely: twice as long again and
/// again, up to a limit, and from its start, so that the run that is shown is one that can be repeated.
/// </summary>
internal static class PreciseRun
{
    const string Name = "precision";
    const int MostDoublings = 12;
    const long MostRequests = 20_000_000;

    static readonly string[] s_figures = ["latency-mean", "latency-p99"];

    /// <summary>Runs until half of each interval is at most a share of its figure.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="share">How narrow: 0.02 is 2 %; above 0.</param>
    /// <param name="world">Where it runs.</param>
    /// <param name="control">What may look at it, or stop it.</param>
    /// <exception cref="UserMistakeException">It is no architecture.</exception>
    public static RunResult Execute(RunRequest request, double share, IWorld world, RunControl control)
    {
        var scenario = request.Build();
        if (scenario.Deployment.KeepsOperations)
            throw new UserMistakeException(
                $"--precision: expected an architecture, whose one run has intervals, found"
                    + $" {request.Design.Name};"
                + " steelyard sweep --precision repeats a design over seeds");
        var result = Run.Execute(request, world, control);
        for (var doubled = 0; doubled < MostDoublings && MayNarrow(result, share)
            && 2 * result.World.Counters.Load.Due <= MostRequests; doubled++)
        {
            request = With(request, result.Scenario.Load.Duration * 2);
            result = Run.Execute(request, world, control);
        }

        return result with { Verdicts = [.. result.Verdicts, Judge(result, share)] };
    }

    static RunRequest With(RunRequest request, TimeSpan duration)
    {
        var common = request.Spec.Common with { Duration = duration };
        return request with
        {
            Spec = request.Spec with { Common = common },
            Options = new(request.Design, common, request.Spec.Options),
        };
    }

    static IEnumerable<Measurement> Figures(RunResult result) =>
        result.Measures.Measurements.Where(one => s_figures.Contains(one.Id));

    // What has no interval for another reason than that the run is short never gets one.
    static bool MayNarrow(RunResult result, double share) =>
        !result.World.IsPartial && (WidestOf(result) is { } widest
            ? widest > share : result.World.Account?.Settles == true);

    static double? WidestOf(RunResult result)
    {
        var figures = Figures(result).ToList();
        return figures.Count == 0 || figures.Any(one => one.Low is null) ? null
            : figures.Max(one => new ConfidenceInterval(one.Low!.Value, one.Value, one.High!.Value, 1, "")
                .RelativeHalfWidth);
    }

    static Verdict Judge(RunResult result, double share)
    {
        var sentence = FormattableString.Invariant($"Latencies are known to {share:P1}, 95 %");
        var verdict = WidestOf(result) switch
        {
            null => Verdict.Undecided(
                Name, Figures(result).FirstOrDefault(one => one.Low is null)?.How ?? "nothing was answered"),
            { } widest when widest <= share => Verdict.Holds(
                Name, FormattableString.Invariant(
                    $"half of the widest interval is {widest:P2} of its figure")),
            { } widest => Verdict.Undecided(
                Name, $"half of the widest interval is {widest:P2} of its figure after"
                    + $" {result.World.Counters.Load.Due:N0} requests"),
        };
        return verdict with { Sentence = sentence };
    }
}
