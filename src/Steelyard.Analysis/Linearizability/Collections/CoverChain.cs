namespace Steelyard.Analysis.Linearizability.Collections;

/// <summary>The fewest values that, one after the other, keep a collection from being empty.</summary>
internal static class CoverChain
{
    /// <summary>Values that cover a stretch of cells together; each time the one that reaches
    /// furthest.</summary>
    /// <param name="operations">The collection.</param>
    /// <param name="values">Which values to choose from; together they cover the stretch.</param>
    /// <param name="from">First cell.</param>
    /// <param name="to">End of the cells.</param>
    public static int[] Of(CollectionOperations operations, IEnumerable<int> values, int from, int to)
    {
        var byStart = values.Where(v => operations.Stays(v) && operations.AddTo[v] < to)
            .OrderBy(v => operations.AddTo[v]).ToArray();
        var chain = new List<int>();
        var (next, best, reached) = (0, CollectionOperations.None, from);
        while (reached < to)
        {
            for (; next < byStart.Length && operations.AddTo[byStart[next]] <= reached; next++)
                if (best < 0 || operations.TakeFrom[byStart[next]] > operations.TakeFrom[best])
                    best = byStart[next];
            if (best < 0 || operations.TakeFrom[best] <= reached)
                throw new InvalidOperationException("the stretch is not covered");
            chain.Add(best);
            reached = operations.TakeFrom[best];
        }

        return [.. chain];
    }
}
