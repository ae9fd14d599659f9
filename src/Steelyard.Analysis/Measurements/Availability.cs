using Steelyard.Histories;

namespace Steelyard.Analysis.Measurements;

/// <summary>The share of requests answered without error. It is not uptime.</summary>
/// <param name="Name"><c>all</c>, or a side's name.</param>
/// <param name="Requests">How many were made.</param>
/// <param name="Answered">How many of them were answered without error.</param>
public sealed record Availability(string Name, long Requests, long Answered)
{
    /// <summary>The share, from 0 to 1; NaN without requests.</summary>
    public double Share => Requests == 0 ? double.NaN : (double)Answered / Requests;

    /// <summary>Over all requests invoked before the heal at the end.</summary>
    public static Availability Of(History history)
    {
        var (requests, answered) = (0L, 0L);
        foreach (var request in Measurements.Requests.Of(history))
        {
            requests++;
            answered += Measurements.Requests.IsAnswered(request) ? 1 : 0;
        }

        return new("all", requests, answered);
    }

    /// <summary>
    /// Of each side, over the requests invoked during full partitions by clients beside a node of the side;
    /// sides of the same name are taken together over all partitions, in order of first appearance.
    /// </summary>
    public static IReadOnlyList<Availability> OfSides(History history)
    {
        var sides = new List<Availability>();
        foreach (var partition in FullPartition.Of(history))
            foreach (var one in OfSides(history, partition))
            {
                var at = sides.FindIndex(side => side.Name == one.Name);
                if (at < 0)
                    sides.Add(one);
                else
                    sides[at] = new(
                        one.Name, sides[at].Requests + one.Requests, sides[at].Answered + one.Answered);
            }

        return sides;
    }

    /// <summary>Of each side of one partition, in its order.</summary>
    public static IReadOnlyList<Availability> OfSides(History history, FullPartition partition)
    {
        var requests = new long[partition.Sides.Count];
        var answered = new long[partition.Sides.Count];
        foreach (var request in Measurements.Requests.Of(history))
        {
            if (!partition.Covers(request) || partition.SideOf(request) is not { } side)
                continue;
            requests[side]++;
            answered[side] += Measurements.Requests.IsAnswered(request) ? 1 : 0;
        }

        return [.. partition.Sides.Select(
            (side, i) => new Availability(side.Name, requests[i], answered[i]))];
    }
}
