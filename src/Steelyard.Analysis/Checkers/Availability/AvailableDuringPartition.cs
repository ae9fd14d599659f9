using Steelyard.Analysis.Measurements;
using Steelyard.Histories;

namespace Steelyard.Analysis;

/// <summary>
/// Every side of every full partition answers at least a share of the requests that its clients make while it
/// lasts. The A of Brewer's CAP, weighed instead of promised: Gilbert and Lynch (2002, section 2) ask every
/// node that is up to answer, which is a share of 1.
/// </summary>
/// <param name="minimumShare">Share of requests answered without error, from 0 to 1.</param>
public sealed class AvailableDuringPartition(double minimumShare) : IChecker
{
    const int WitnessLength = 3;

    readonly double _minimumShare = minimumShare is >= 0 and <= 1
        ? minimumShare
        : throw new UserMistakeException($"expected a share from 0 to 1, found {minimumShare}");

    /// <inheritdoc/>
    public string Name => "available-during-partition";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var partitions = FullPartition.Of(history);
        if (partitions.Count == 0)
            return Verdict.Undecided(Name, "there was no full partition");
        var anomalies = new List<(double Share, Anomaly Anomaly)>();
        var (judged, requests, worst) = (0, 0L, 1.0);
        foreach (var partition in partitions)
        {
            var sides = Measurements.Availability.OfSides(history, partition);
            // A side nobody asked says nothing; a partition that was only half asked is not judged as kept.
            judged += sides.All(side => side.Requests > 0) ? 1 : 0;
            requests += sides.Sum(side => side.Requests);
            foreach (var (i, side) in sides.Index().Where(one => one.Item.Requests > 0))
            {
                worst = Math.Min(worst, side.Share);
                if (side.Share < _minimumShare)
                    anomalies.Add((side.Share, Broken(history, partition, i, side)));
            }
        }

        if (anomalies.Count > 0)
            return Verdict.Broken(Name, [.. anomalies.OrderBy(one => one.Share).Select(one => one.Anomaly)]);
        return judged == 0
            ? Verdict.Undecided(Name, "no partition had requests on all of its sides")
            : Verdict.Holds(Name, Kept(judged, requests, worst));
    }

    Anomaly Broken(History history, FullPartition partition, int side, Measurements.Availability found)
    {
        var witness = Requests.Of(history)
            .Where(one => partition.Covers(one) && partition.SideOf(one) == side && !Requests.IsAnswered(one))
            .Take(WitnessLength)
            .Select(one => one.Index);
        var nodes = string.Join(' ', partition.Sides[side].Nodes);
        var who = found.Name == nodes ? nodes : $"the {found.Name} side ({nodes})";
        return new(
            "unavailable-side",
            $"during the partition, {who} answered {found.Answered} of {found.Requests} requests"
            + $" ({Percent(found.Share)}), fewer than {Percent(_minimumShare)}",
            [.. witness]);
    }

    static string Kept(int partitions, long requests, double worst) =>
        $"every side answered {(worst < 1 ? $"at least {Percent(worst)}" : "all")} of its requests during"
        + $" {(partitions == 1 ? "the partition" : $"{partitions} partitions")} ({requests} requests)";

    // Never rounds up to a whole: 99.96 % is not 100 %.
    static string Percent(double share) =>
        FormattableString.Invariant($"{Math.Floor(share * 1000) / 10:0.#} %");
}
