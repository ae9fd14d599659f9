namespace Steelyard.Analysis.Linearizability.Collections;

/// <summary>Sorting by counting: keys are positions, and there are about as many as items.</summary>
internal static class CountingSort
{
    /// <summary>The items 0, 1, … by their keys; equal keys keep their order.</summary>
    /// <param name="keys">The key of each item, from 0.</param>
    /// <param name="bound">Above every key.</param>
    public static int[] Order(ReadOnlySpan<int> keys, int bound)
    {
        var start = new int[bound + 1];
        foreach (var key in keys)
            start[key + 1]++;
        for (var i = 1; i < start.Length; i++)
            start[i] += start[i - 1];
        var order = new int[keys.Length];
        for (var i = 0; i < keys.Length; i++)
            order[start[keys[i]]++] = i;
        return order;
    }
}
