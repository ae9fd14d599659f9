using Steelyard.Analysis.Transactions.Cycles;

namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>
/// Puts the chains of one register in the order of real time where it tells one, by a number of edges that
/// grows with the chains and not with their pairs; what it leaves open are pairs of chains that ran beside
/// each other.
/// </summary>
internal static class ChainsInTime
{
    /// <summary>Adds the edges and the open pairs of the chains from a place on.</summary>
    /// <param name="polygraph">Where to.</param>
    /// <param name="times">Of each chain.</param>
    /// <param name="first">The first chain of the register.</param>
    /// <param name="mostPairs">More pairs than this are counted, and not held.</param>
    public static void Add(Polygraph polygraph, List<ChainTime> times, int first, int mostPairs)
    {
        var chains = Enumerable.Range(first, polygraph.Chains.Count - first).ToArray();
        int[] byReturn = [.. chains.OrderBy(chain => times[chain].FirstReturn)];
        var barriers = new Barriers(polygraph, times, byReturn);
        var beside = new List<int>();
        foreach (var chain in chains.OrderBy(chain => times[chain].From).ThenBy(chain => chain))
        {
            var from = times[chain].From;
            barriers.Follow(chain, from);
            beside.RemoveAll(other => times[other].Until < from);
            foreach (var other in beside)
                AddPair(polygraph, times, other, chain, mostPairs);
            beside.Add(chain);
        }
    }

    static void AddPair(Polygraph polygraph, List<ChainTime> times, int one, int other, int mostPairs)
    {
        var (isBefore, isAfter) = (times[one].IsBefore(times[other]), times[other].IsBefore(times[one]));
        if (isBefore && times[one].FirstReturn >= times[other].From)
            AddEdge(polygraph, one, other);
        if (isAfter)
            AddEdge(polygraph, other, one);
        if (!isBefore && !isAfter && ++polygraph.PairCount <= mostPairs)
            polygraph.Pairs.Add(new(one, other));
    }

    static void AddEdge(Polygraph polygraph, int from, int to) =>
        polygraph.Edges.Add(polygraph.Chains[from].After, polygraph.Chains[to].Head, EdgeKinds.Onward);

    // A chain of nodes along the history, as in OrderEdges: what returned leads to the next, and from there
    // to what must stand after it.
    sealed class Barriers(Polygraph polygraph, List<ChainTime> times, int[] byReturn)
    {
        int _next;
        int _latest = -1;

        public void Follow(int chain, int from)
        {
            var barrier = -1;
            for (; _next < byReturn.Length && times[byReturn[_next]].FirstReturn < from; _next++)
            {
                if (barrier < 0)
                {
                    barrier = polygraph.Edges.AddNode();
                    if (_latest >= 0)
                        polygraph.Edges.Add(_latest, barrier, EdgeKinds.Onward);
                    _latest = barrier;
                }

                polygraph.Edges.Add(polygraph.Chains[byReturn[_next]].After, barrier, EdgeKinds.Onward);
            }

            if (_latest >= 0)
                polygraph.Edges.Add(_latest, polygraph.Chains[chain].Head, EdgeKinds.Onward);
        }
    }
}
