using Steelyard.Histories;

namespace Steelyard.Analysis.Measurements;

/// <summary>
/// How long the system took to serve again as it had before its faults: as many answered within the limit,
/// and as fast at the 99th percentile. The clock starts at the end of the last fault. It stops at the answer
/// to the first request due after that from which on twenty, or as many as there were, were served so: the
/// share of them answered within the limit is that of before or more, and one of them at most is slower than
/// the 99th percentile of before (more would be no accident: of twenty, two are in 2 cases of 100). Only
/// requests tell: where none was due after the last fault, or none before the first, there is no recovery
/// time.
/// </summary>
/// <param name="TimeNs">The time in ns; null when it never recovered while requests came.</param>
/// <param name="Requests">Requests due after the last fault: what the answer rests on.</param>
public sealed record Recovery(long? TimeNs, long Requests)
{
    const int Lookahead = 20;
    const int MostSlow = 1;
    const double Tail = 0.99;

    /// <summary>The recovery of a history; null where it cannot be told.</summary>
    /// <param name="history">What clients saw.</param>
    /// <param name="limit">How soon after it is due a request must be answered.</param>
    public static Recovery? Of(History history, TimeSpan limit)
    {
        if (!Measurements.Requests.HasTimes(history) || FaultSpan.Of(history) is not { } faults)
            return null;
        var limitNs = Availability.LimitNs(limit);
        // Who was due just before the first fault was served during it.
        var before = Due(history, request => request.IntendedNs <= faults.FirstNs - (Int128)limitNs);
        var after = Due(history, request => request.IntendedNs >= faults.LastNs);
        var level = Level.Of(before, limitNs);
        if (after.Count == 0 || level.Answered == 0)
            return null;
        var count = Math.Min(Lookahead, after.Count);
        for (var i = 0; i <= after.Count - count; i++)
            if (level.Holds(after[i], limitNs) && level.Holds(after, i, count, limitNs))
                return new(after[i].CompletedNs - faults.LastNs, after.Count);
        return new(TimeNs: null, after.Count);
    }

    static List<Operation> Due(History history, Func<Operation, bool> isIn) =>
        [.. Measurements.Requests.Of(history).Where(isIn).OrderBy(request => request.IntendedNs)];

    /// <summary>How requests were served before the first fault.</summary>
    readonly record struct Level(int Due, int Answered, long TailNs)
    {
        public static Level Of(List<Operation> requests, long limitNs)
        {
            var latencies = requests.Where(one => Measurements.Requests.IsAnswered(one))
                .Select(one => Measurements.Requests.LatencyNs(one)).Order().ToList();
            return new(
                requests.Count, requests.Count(one => IsAnswered(one, limitNs)),
                latencies.Count == 0 ? 0 : NearestRank.Of(latencies, Tail));
        }

        public bool Holds(in Operation request, long limitNs) =>
            IsAnswered(request, limitNs) && Measurements.Requests.LatencyNs(request) <= TailNs;

        // Shares are compared as products, exactly.
        public bool Holds(List<Operation> requests, int start, int count, long limitNs)
        {
            var (answered, slow) = (0, 0);
            for (var i = start; i < start + count; i++)
            {
                answered += IsAnswered(requests[i], limitNs) ? 1 : 0;
                slow += Measurements.Requests.IsAnswered(requests[i])
                    && Measurements.Requests.LatencyNs(requests[i]) > TailNs ? 1 : 0;
            }

            return (long)answered * Due >= (long)Answered * count && slow <= MostSlow;
        }

        static bool IsAnswered(in Operation request, long limitNs) =>
            Measurements.Requests.EndOf(request, limitNs) == RequestEnd.Answered;
    }
}
