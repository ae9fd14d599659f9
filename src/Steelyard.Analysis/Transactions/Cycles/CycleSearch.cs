namespace Steelyard.Analysis.Transactions.Cycles;

/// <summary>
/// Finds all cycles there are, by kind: whether there is one is decided by strongly connected components, and
/// for G-single by reachability; a shortest one to show is sought only inside a component.
/// </summary>
/// <remarks>
/// Definitions: Adya 1999, chapter 3; G-nonadjacent and snapshot isolation: Cerone and Gotsman 2016. A cycle
/// is called -process or -realtime only if it is none without that order. Kinds are decided, not sampled: a
/// history that snapshot isolation or serializability forbids is always named as one that it forbids. Where a
/// grave cycle and a subtle one share their anti-dependencies, the subtle one is looked for from the first
/// <see cref="Tries"/> of them.
/// </remarks>
internal sealed class CycleSearch
{
    const int Tries = 64;

    readonly DependencyGraph _graph;
    readonly Action<string, DependencyGraph, IReadOnlyList<int>> _report;
    readonly WalkSearch _walks;
    readonly int[] _tails;

    CycleSearch(DependencyGraph graph, Action<string, DependencyGraph, IReadOnlyList<int>> report)
    {
        _graph = graph;
        _report = report;
        _walks = new(graph);
        _tails = new int[graph.To.Length];
        for (var node = 0; node < graph.NodeCount; node++)
            for (var edge = graph.First[node]; edge < graph.First[node + 1]; edge++)
                _tails[edge] = node;
    }

    /// <summary>Searches a graph.</summary>
    /// <param name="whole">All edges.</param>
    /// <param name="report">Takes the anomaly's name and the cycle's edges, numbered as in the graph given
    /// with them.</param>
    public static void Run(
        DependencyGraph whole, Action<string, DependencyGraph, IReadOnlyList<int>> report)
    {
        var all = StrongComponents.Of(whole, EdgeKinds.Data | EdgeKinds.Process | EdgeKinds.Realtime);
        if (!all.AnyCycle)
            return;
        var graph = whole.Cyclic(all);
        var search = new CycleSearch(graph, report);
        Level? data = null;
        foreach (var variant in OrderVariant.All)
        {
            var level = new Level(graph, variant.Kinds);
            search.Search(level, data, variant.Suffix);
            data ??= level;
        }
    }

    void Search(Level level, Level? data, string suffix)
    {
        Plain($"G0{suffix}", EdgeKinds.Ww, level.Writes, data?.Writes, new(EdgeKinds.Ww | level.Order));
        Plain($"G1c{suffix}", EdgeKinds.Wr, level.Flow, data?.Flow, new(level.Plain));
        var single = Single($"G-single-item{suffix}", level, data);
        Nonadjacent($"G-nonadjacent-item{suffix}", level, data, single);
        Adjacent($"G2-item{suffix}", level, data);
    }

    // Any edge inside a component lies on a cycle.
    void Plain(string name, EdgeKinds kind, StrongComponents now, StrongComponents? before, PlainWalk rule)
    {
        List<int>? best = null;
        var tries = 0;
        for (var edge = 0; edge < _tails.Length && tries < Tries; edge++)
            if (_graph.Kinds[edge] == kind && IsNew(edge, now, before))
            {
                tries++;
                best = Shorter(best, _walks.Cycle(_tails[edge], edge, rule, now));
            }

        if (best is not null)
            Found(name, best);
    }

    // An anti-dependency whose head leads back to its tail by other edges alone. Components are numbered
    // against the direction of edges, so most heads that do not are told by their number.
    bool Single(string name, Level level, Level? data)
    {
        for (var edge = 0; edge < _tails.Length; edge++)
        {
            var (tail, head) = (_tails[edge], _graph.To[edge]);
            if (_graph.Kinds[edge] != EdgeKinds.Rw || !level.InDoubled(tail, head)
                || level.Flow.Of(head) < level.Flow.Of(tail)
                || IsSingle(edge, data))
                continue;
            var cycle = _walks.Cycle(tail, edge, new PlainWalk(level.Plain), level.All);
            if (cycle is null)
                continue;
            Found(name, cycle);
            return true;
        }

        return false;
    }

    bool IsSingle(int edge, Level? data) =>
        data is not null && data.InDoubled(_tails[edge], _graph.To[edge])
        && _walks.Cycle(_tails[edge], edge, new PlainWalk(data.Plain), data.All) is not null;

    // Where there is no G-single, what the doubled graph forbids has several anti-dependencies.
    void Nonadjacent(string name, Level level, Level? data, bool hasSingle)
    {
        var (rule, tries) = (new NonadjacentWalk(level.Plain), 0);
        List<int>? repeating = null;
        for (var edge = 0; edge < _tails.Length && tries < Tries; edge++)
        {
            var (tail, head) = (_tails[edge], _graph.To[edge]);
            if (_graph.Kinds[edge] != EdgeKinds.Rw || !level.InDoubled(tail, head)
                || (data?.InDoubled(tail, head) ?? false))
                continue;
            tries++;
            var cycle = _walks.Cycle(tail, edge, rule, level.All);
            if (cycle is not null && IsSimple(cycle))
            {
                Found(name, cycle);
                return;
            }

            repeating = Shorter(repeating, cycle);
        }

        if (!hasSingle && repeating is not null)
            Found(name, repeating);
    }

    void Adjacent(string name, Level level, Level? data)
    {
        var (rule, tries) = (new AdjacentWalk(level.Plain), 0);
        for (var edge = 0; edge < _tails.Length; edge++)
        {
            var (tail, head) = (_tails[edge], _graph.To[edge]);
            if (_graph.Kinds[edge] != EdgeKinds.Rw || !IsNew(edge, level.All, data?.All))
                continue;
            // Outside the doubled graph's components every cycle through it has two that are adjacent.
            if (level.InDoubled(tail, head) && ++tries > Tries)
                continue;
            var cycle = _walks.Cycle(tail, edge, rule, level.All);
            if (cycle is null || !IsSimple(cycle))
                continue;
            Found(name, cycle);
            return;
        }
    }

    bool IsNew(int edge, StrongComponents now, StrongComponents? before) =>
        now.Together(_tails[edge], _graph.To[edge])
        && !(before?.Together(_tails[edge], _graph.To[edge]) ?? false);

    void Found(string name, List<int> cycle) => _report(name, _graph, cycle);

    bool IsSimple(List<int> cycle)
    {
        var seen = new HashSet<int>();
        return cycle.TrueForAll(edge => seen.Add(_graph.To[edge]));
    }

    static List<int>? Shorter(List<int>? one, List<int>? other) =>
        one is null || (other is not null && other.Count < one.Count) ? other : one;

    /// <summary>The components of one variant.</summary>
    sealed class Level(DependencyGraph graph, EdgeKinds order)
    {
        readonly StrongComponents _doubled = StrongComponents.Of(
            graph.Doubled(EdgeKinds.Ww | EdgeKinds.Wr | order), EdgeKinds.Rw);

        public EdgeKinds Order => order;

        public EdgeKinds Plain => EdgeKinds.Ww | EdgeKinds.Wr | order;

        public StrongComponents Writes { get; } = StrongComponents.Of(graph, EdgeKinds.Ww | order);

        public StrongComponents Flow { get; } =
            StrongComponents.Of(graph, EdgeKinds.Ww | EdgeKinds.Wr | order);

        public StrongComponents All { get; } = StrongComponents.Of(graph, EdgeKinds.Data | order);

        /// <summary>True when an anti-dependency lies on a cycle that snapshot isolation forbids.</summary>
        public bool InDoubled(int tail, int head) => _doubled.Together(2 * tail, (2 * head) + 1);
    }
}
