using Steelyard.Analysis.Measurements;
using Steelyard.Histories;

namespace Steelyard.Analysis.Effects;

/// <summary>
/// Every side of a cluster that is cut apart answers at least a share of the requests that are due on it
/// meanwhile, each within a limit. The A of Brewer's CAP, weighed instead of promised: Gilbert and Lynch
/// (2002, section 2) ask every node that is up to answer, which is a share of 1. Requests that something else
/// than a cut could hold up (their node crashed or was held still, links were bad) are not judged.
/// </summary>
/// <param name="minimumShare">Share of requests answered without error within the limit, from 0 to 1.</param>
/// <param name="limit">How soon after it is due a request must be answered; null is a second.</param>
public sealed class AvailableDuringPartition(double minimumShare, TimeSpan? limit = null) : IChecker
{
    const int WitnessLength = 3;

    // So long after a fault's end its node is up again, and clients that it kept waiting are free.
    static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(3);

    readonly double _minimumShare = minimumShare is >= 0 and <= 1
        ? minimumShare
        : throw new UserMistakeException($"expected a share from 0 to 1, found {minimumShare}");

    readonly TimeSpan _limit = limit ?? MeasureOptions.UsualLimit;

    /// <inheritdoc/>
    public string Name => "available-during-partition";

    /// <inheritdoc/>
    public string Sentence => "Requests are answered on every side of the partition";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var others = OtherFaults.Of(history);
        var found = Availability.Of(history, _limit, request => IsJudged(others, request));
        if (found.Windows.Count == 0)
            return Verdict.Undecided(Name, "the cluster was never cut apart");
        var sides = JudgedSide.Of(found.Windows);
        // A side nobody asked says nothing; a time that was only half asked is not judged as kept.
        var judged = found.Windows.Count(window => window.Counts.All(counts => counts.Due > 0));
        var broken = sides.Where(side => side.Counts.Share < _minimumShare)
            .OrderBy(side => side.Counts.Share)
            .Select(side => Broken(history, found, others, side)).ToList();
        if (broken.Count > 0)
            return Verdict.Broken(Name, [.. broken]);
        return judged == 0
            ? Verdict.Undecided(
                Name, "no partition had requests on all of its sides that nothing else could hold up")
            : Verdict.Holds(Name, Kept(judged, sides));
    }

    bool IsJudged(OtherFaults others, Operation request) => !others.Hit(
        request.Node, request.IntendedNs - Availability.LimitNs(Aftermath),
        request.IntendedNs + Availability.LimitNs(_limit));

    Anomaly Broken(
        History history, Availability found, OtherFaults others, JudgedSide side)
    {
        var limitNs = Availability.LimitNs(_limit);
        var witness = Requests.Of(history)
            .Where(one => Requests.EndOf(one, limitNs) != RequestEnd.Answered && IsJudged(others, one)
                && found.Connectivity.WindowOf(one) is { } window && window.SideOf(one.Node) is { } place
                && window.Sides[place].IsSameAs(side.Side))
            .Take(WitnessLength)
            .Select(one => one.Index);
        var nodes = string.Join(' ', side.Side.Nodes);
        var who = side.Side.Name == nodes ? nodes : $"the {side.Side.Name} side ({nodes})";
        return new(
            "unavailable-side",
            $"during {Times(side.Times)}, {who} answered {side.Counts.Answered} of {side.Counts.Due} requests"
            + $" within {LimitText.Of(_limit)} ({ShareText.Percent(side.Counts.Share)}), fewer than"
            + $" {ShareText.Percent(_minimumShare)}",
            [.. witness]);
    }

    string Kept(int judged, IReadOnlyList<JudgedSide> sides)
    {
        var worst = sides.Min(side => side.Counts.Due == 0 ? 1 : side.Counts.Share);
        return $"every side answered {(worst < 1 ? $"at least {ShareText.Percent(worst)}" : "all")} of its"
            + $" requests within {LimitText.Of(_limit)} during {Times(judged)}"
            + $" ({sides.Sum(side => side.Counts.Due)} requests)";
    }

    static string Times(int times) => times == 1 ? "the partition" : $"{times} partitions";

    /// <summary>A side over all times in which it stood so.</summary>
    sealed record JudgedSide(PartitionSide Side, RequestCounts Counts, int Times)
    {
        public static IReadOnlyList<JudgedSide> Of(IReadOnlyList<WindowAvailability> windows)
        {
            var sides = new List<JudgedSide>();
            foreach (var (window, counts) in windows)
                foreach (var (side, own) in window.Sides.Zip(counts))
                {
                    var at = sides.FindIndex(known => known.Side.IsSameAs(side));
                    if (at < 0)
                        sides.Add(new(side, own, 1));
                    else
                        sides[at] = new(side, sides[at].Counts.Plus(own), sides[at].Times + 1);
                }

            return sides;
        }
    }
}
