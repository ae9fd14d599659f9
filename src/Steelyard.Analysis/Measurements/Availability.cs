using Steelyard.Histories;

namespace Steelyard.Analysis.Measurements;

/// <summary>
/// How many of the requests that were due were answered, in all and on the sides of a cluster that was cut
/// apart. It is not uptime. A request is of the side and of the time in which it was due, by a client beside
/// a node of that side; what was never sent counts as unanswered.
/// </summary>
public sealed class Availability
{
    Availability(
        Connectivity connectivity, TimeSpan limit, RequestCounts all,
        IReadOnlyList<WindowAvailability> windows)
    {
        Connectivity = connectivity;
        Limit = limit;
        All = all;
        Windows = windows;
        Sides = ByName(windows);
    }

    /// <summary>How soon after it is due a request must be answered; longer counts as late.</summary>
    public TimeSpan Limit { get; }

    internal Connectivity Connectivity { get; }

    /// <summary>All requests.</summary>
    public RequestCounts All { get; }

    /// <summary>Of each time in which the cluster was cut apart, in order.</summary>
    public IReadOnlyList<WindowAvailability> Windows { get; }

    /// <summary>Of the sides over all these times; sides of one name are taken together, in order of first
    /// appearance.</summary>
    public IReadOnlyList<NamedAvailability> Sides { get; }

    /// <summary>Counts a history.</summary>
    /// <param name="history">What clients saw.</param>
    /// <param name="limit">How soon after it is due a request must be answered, at least 0.</param>
    public static Availability Of(History history, TimeSpan limit) => Of(history, limit, _ => true);

    /// <summary>Of requests that were counted and not kept: nobody knows on which side they were.</summary>
    internal static Availability Of(AggregateRecorder kept) => new(
        Connectivity.Of(new HistoryBuilder().Build()), kept.Limit,
        kept.Windows.Aggregate(RequestCounts.None, (sum, window) => sum.Plus(window.Counts)), []);

    /// <summary>Counts those requests of a history that are asked for.</summary>
    internal static Availability Of(History history, TimeSpan limit, Predicate<Operation> counts)
    {
        var connectivity = Connectivity.Of(history);
        var limitNs = LimitNs(limit);
        var all = new long[Requests.Ends];
        var sides = connectivity.Windows.ToDictionary(
            window => window.Start, window => new long[window.Sides.Count, Requests.Ends]);
        foreach (var request in Requests.Of(history))
        {
            if (!counts(request))
                continue;
            var end = (int)Requests.EndOf(request, limitNs);
            all[end]++;
            if (connectivity.WindowOf(request) is { } window && window.SideOf(request.Node) is { } side)
                sides[window.Start][side, end]++;
        }

        return new(connectivity, limit, RequestCounts.Of(all),
            [.. connectivity.Windows.Select(window => Counted(window, sides[window.Start]))]);
    }

    /// <summary>The limit in ns; without a limit the longest time.</summary>
    internal static long LimitNs(TimeSpan limit) => limit > TimeSpan.FromDays(10_000)
        ? long.MaxValue
        : limit.Ticks * TimeSpan.NanosecondsPerTick;

    static WindowAvailability Counted(ConnectivityWindow window, long[,] counts) => new(
        window,
        [
            .. window.Sides.Select((_, side) => RequestCounts.Of(
                [.. Enumerable.Range(0, Requests.Ends).Select(end => counts[side, end])])),
        ]);

    static List<NamedAvailability> ByName(IReadOnlyList<WindowAvailability> windows)
    {
        var named = new List<NamedAvailability>();
        foreach (var (window, counts) in windows)
            foreach (var (side, own) in window.Sides.Zip(counts))
            {
                var at = named.FindIndex(known => known.Name == side.Name);
                if (at < 0)
                    named.Add(new(side.Name, side.Nodes, own));
                else
                    named[at] = new(
                        side.Name,
                        named[at].Nodes.SequenceEqual(side.Nodes, StringComparer.Ordinal) ? side.Nodes : [],
                        named[at].Counts.Plus(own));
            }

        return named;
    }
}

/// <summary>A time in which the cluster was cut apart.</summary>
/// <param name="Window">The time and its sides.</param>
/// <param name="Counts">The requests that were due in it, for each of its sides.</param>
public sealed record WindowAvailability(ConnectivityWindow Window, IReadOnlyList<RequestCounts> Counts);

/// <summary>Sides of one name over all times in which the cluster was cut apart.</summary>
/// <param name="Name">As <see cref="PartitionSide.Name"/>.</param>
/// <param name="Nodes">Its nodes; empty where they were not always the same.</param>
/// <param name="Counts">The requests that were due there meanwhile.</param>
public sealed record NamedAvailability(string Name, IReadOnlyList<string> Nodes, RequestCounts Counts);
