using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Collections;

/// <summary>Takes that found nothing.</summary>
internal static class EmptyFound
{
    /// <summary>One while which something was there at every instant.</summary>
    public static Ruling Never(
        CollectionOperations operations, History history, int operation, int from, int to)
    {
        var chain = CoverChain.Of(operations, Enumerable.Range(0, operations.Values.Count), from, to);
        return Ruling.No(
            $"{history[operation]} found nothing, but all that time there was something: "
                + Names(operations, chain),
            operation, chain);
    }

    /// <summary>Values as they stand in a sentence.</summary>
    public static string Names(CollectionOperations operations, int[] values)
    {
        const int Named = 5;
        var more = values.Length > Named ? $" and {values.Length - Named} more" : "";
        var named = string.Join(", ", values.Take(Named).Select(v => operations.Values[v]));
        return Witness.Shortened(named) + more;
    }
}
