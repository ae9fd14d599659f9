namespace Steelyard.Formats.Traces.Clocks;

/// <summary>
/// How far the clocks of hosts can be apart. All bounds of a file are put together as difference constraints
/// (Cormen and others, Introduction to Algorithms, section 22.4): the shortest path from one clock to another
/// is the most that it can be ahead, over whatever hosts lie between; a cycle below zero says that no offsets
/// fit. Clocks drift, so that a bound loses its worth with time: time is cut into cells, a bound counts in
/// its
/// own cell and, wider by the drift, in those around (the maximum error of NTP grows so: RFC 5905, section
/// 11.1).
/// </summary>
internal sealed class ClockOffsets
{
    /// <summary>What stands for no bound; sums of a few do not run over.</summary>
    public const long Unbounded = long.MaxValue / 8;

    // Quartz is good to some 100 ppm, and clocks that are disciplined stay within.
    const double UsualDriftPpm = 100;

    // A tenth: whatever drifts more has no offset worth the name.
    const double GreatestDriftPpm = 100_000;
    const int MostCells = 64;
    const long LeastCellNs = 1_000_000_000;
    const long MostWork = 50_000_000;

    readonly long[][] _most;
    readonly long[] _estimates;
    readonly long _startNs;
    readonly int _clocks;

    ClockOffsets(IReadOnlyList<string> names, List<ClockLink> links, (long Start, long End) range,
        double driftPpm)
    {
        _clocks = names.Count;
        Names = names;
        DriftPpm = driftPpm;
        _estimates = Estimates(_clocks, links);
        var length = Math.Max(1, range.End - range.Start);
        var most = Math.Max(1, MostWork / Math.Max(1, (long)_clocks * _clocks * _clocks));
        var cells = (int)Math.Clamp(length / LeastCellNs, 1, Math.Min(MostCells, most));
        _startNs = range.Start;
        CellNs = (length / cells) + 1;
        _most = new long[cells][];
        for (var cell = 0; cell < cells; cell++)
            _most[cell] = Fresh();
        foreach (var link in links)
        {
            ref var bound = ref _most[CellOf(link.From, link.AtNs)][(link.From * _clocks) + link.To];
            bound = Math.Min(bound, link.MostNs + SlackNs);
        }

        Spread();
        foreach (var cell in _most)
            Close(cell);
        Contradiction ??= FirstContradiction();
    }

    /// <summary>The hosts.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How fast two of them are taken to drift apart at most.</summary>
    public double DriftPpm { get; }

    /// <summary>How many cells time is cut into.</summary>
    public int Cells => _most.Length;

    /// <summary>How long a cell is.</summary>
    public long CellNs { get; }

    /// <summary>Two hosts whose messages no offset fits, or null.</summary>
    public (string One, string Other)? Contradiction { get; }

    long SlackNs => (long)Math.Ceiling(DriftPpm * CellNs / 1e6);

    /// <summary>The offsets that fit a file. Where none fit at the usual drift, more drift is taken: it is
    /// told
    /// with the verdict.</summary>
    /// <param name="names">The hosts.</param>
    /// <param name="links">What messages tell.</param>
    /// <param name="range">The first and the last time of the file.</param>
    /// <param name="driftPpm">The most that clocks drift apart, or null for the usual bound.</param>
    public static ClockOffsets Of(
        IReadOnlyList<string> names, List<ClockLink> links, (long Start, long End) range, double? driftPpm)
    {
        var drift = driftPpm ?? UsualDriftPpm;
        var offsets = new ClockOffsets(names, links, range, drift);
        while (driftPpm is null && offsets.Contradiction is not null && drift < GreatestDriftPpm)
            offsets = new(names, links, range, drift *= 10);
        return offsets;
    }

    /// <summary>The cell of a time of a clock.</summary>
    public int CellOf(int clock, long timeNs) =>
        (int)Math.Clamp((timeNs - _estimates[clock] - _startNs) / CellNs, 0, _most.Length - 1);

    /// <summary>How far a clock is ahead of another: at least and at most.</summary>
    public (long LeastNs, long MostNs) Between(int clock, int other, int cell)
    {
        if (clock == other)
            return (0, 0);
        return Contradiction is not null ? (-Unbounded, Unbounded)
            : (-_most[cell][(clock * _clocks) + other], _most[cell][(other * _clocks) + clock]);
    }

    long[] Fresh()
    {
        var bounds = new long[_clocks * _clocks];
        Array.Fill(bounds, Unbounded);
        for (var clock = 0; clock < _clocks; clock++)
            bounds[(clock * _clocks) + clock] = 0;
        return bounds;
    }

    // There and back: each cell takes what its neighbours know, wider by the drift of one cell more.
    void Spread()
    {
        for (var cell = 1; cell < _most.Length; cell++)
            Take(_most[cell], _most[cell - 1]);
        for (var cell = _most.Length - 2; cell >= 0; cell--)
            Take(_most[cell], _most[cell + 1]);
    }

    void Take(long[] bounds, long[] neighbour)
    {
        for (var i = 0; i < bounds.Length; i++)
            if (neighbour[i] < Unbounded && i % (_clocks + 1) != 0)
                bounds[i] = Math.Min(bounds[i], neighbour[i] + SlackNs);
    }

    // Floyd and Warshall's shortest paths.
    void Close(long[] bounds)
    {
        for (var over = 0; over < _clocks; over++)
            for (var from = 0; from < _clocks; from++)
            {
                var first = bounds[(from * _clocks) + over];
                if (first >= Unbounded)
                    continue;
                for (var to = 0; to < _clocks; to++)
                    if (bounds[(over * _clocks) + to] is < Unbounded and var second)
                        bounds[(from * _clocks) + to] = Math.Max(
                            -Unbounded, Math.Min(bounds[(from * _clocks) + to], first + second));
            }
    }

    (string One, string Other)? FirstContradiction()
    {
        foreach (var cell in _most)
            for (var clock = 0; clock < _clocks; clock++)
                if (cell[(clock * _clocks) + clock] < 0)
                {
                    var other = Enumerable.Range(0, _clocks).Where(one => one != clock)
                        .MinBy(one => cell[(clock * _clocks) + one] + cell[(one * _clocks) + clock]);
                    return (Names[clock], Names[other]);
                }

        return null;
    }

    // A first guess, which only chooses cells: from host to host, the middle of what the two tell of each
    // other.
    static long[] Estimates(int clocks, List<ClockLink> links)
    {
        var least = new Dictionary<(int From, int To), long>();
        foreach (var link in links)
            if (!least.TryGetValue((link.From, link.To), out var known) || link.MostNs < known)
                least[(link.From, link.To)] = link.MostNs;
        var neighbours = least.Keys.SelectMany(pair => new[] { pair, (From: pair.To, To: pair.From) })
            .Distinct().Order().ToLookup(pair => pair.From, pair => pair.To);
        var estimates = new long?[clocks];
        for (var first = 0; first < clocks; first++)
        {
            if (estimates[first] is not null)
                continue;
            estimates[first] = 0;
            var queue = new Queue<int>([first]);
            while (queue.TryDequeue(out var from))
                foreach (var to in neighbours[from])
                    if (estimates[to] is null)
                    {
                        estimates[to] = estimates[from] + Middle(least, from, to);
                        queue.Enqueue(to);
                    }
        }

        return [.. estimates.Select(estimate => estimate!.Value)];
    }

    static long Middle(Dictionary<(int From, int To), long> least, int from, int to) =>
        (least.TryGetValue((from, to), out var most), least.TryGetValue((to, from), out var back)) switch
        {
            (true, true) => (most - back) / 2,
            (true, false) => most,
            _ => -back,
        };
}
