using System.Globalization;
using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.WebTier.Promises;

/// <summary>
/// Deploys are not seen: while nothing happens but that hosts are drained, every request is answered. What
/// is asked while something breaks, or shortly after, is not judged.
/// </summary>
/// <param name="hosts">Those that may be drained.</param>
internal sealed class DeploysUnseen(IReadOnlyList<string> hosts)
    : ServicePromise(
        "no-failed-request", "Deploys are not seen: every request is answered while hosts are drained")
{
    // For connections that broke to be given up, and for hosts to be found ready again.
    const long AfterwardsNs = 5_000_000_000;

    /// <inheritdoc/>
    public override Verdict Check(History history)
    {
        var disturbed = Disturbances(history);
        var judged = history.Operations
            .Where(request => !disturbed.Exists(span => Overlaps(request, span)))
            .ToList();
        // What a visitor still waiting for something else never sent (a Fail) is no request.
        var failed = judged.Where(request => request.Outcome is Outcome.Info or Outcome.Open)
            .Select(Describe);
        if (judged.Count == 0)
            return Undecided("no request was far enough from every fault");
        return BrokenBy(failed) ?? Holds(
            string.Create(
                    CultureInfo.InvariantCulture,
                    $"all {judged.Count:N0} requests were answered that no fault but a drain was near"));
    }

    List<(long From, long To)> Disturbances(History history)
    {
        var spans = new List<(long From, long To)>();
        var begun = new Dictionary<int, long>();
        foreach (var fault in history.Faults)
        {
            if (IsExpected(fault))
                continue;
            if (fault.Phase == FaultPhase.Start)
                begun[fault.Fault] = fault.TimeNs;
            else if (begun.Remove(fault.Fault, out var from) || fault.Phase == FaultPhase.Instant)
                spans.Add((
                    fault.Phase == FaultPhase.Instant ? fault.TimeNs : from, fault.TimeNs + AfterwardsNs));
        }

        spans.AddRange(begun.Values.Select(from => (from, long.MaxValue)));
        return spans;
    }

    bool IsExpected(FaultEvent fault) =>
        fault.Kind == DrainFault.Defined.Name && fault.Nodes.All(hosts.Contains);

    static bool Overlaps(Operation request, (long From, long To) span) =>
        request.InvokedNs <= span.To
        && (request.Outcome == Outcome.Open || request.CompletedNs >= span.From);

    static Anomaly Describe(Operation request) => new(
        "failed-request",
        $"the {request.Function} of {request.Key} failed ({request.Error ?? "it never ended"}) though hosts"
        + " were only drained",
        [request.Index]);
}
