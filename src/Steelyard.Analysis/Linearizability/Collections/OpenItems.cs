namespace Steelyard.Analysis.Linearizability.Collections;

/// <summary>An operation with what it added or took.</summary>
/// <param name="Operation">Its history index.</param>
/// <param name="From">Where it was invoked.</param>
/// <param name="To">Where it returned.</param>
/// <param name="Value">The number of its value.</param>
internal readonly record struct Item(int Operation, int From, int To, int Value);

/// <summary>Which of some items, by invocation, have a place already: all up to one, and some of the next
/// 64.</summary>
/// <param name="First">The first that has none.</param>
/// <param name="Placed">Bits, from the first one on.</param>
internal readonly record struct OpenItems(int First, ulong Placed)
{
    /// <summary>How many items behind the first can be told apart.</summary>
    public const int Reach = 64;

    /// <summary>Whether an item has a place.</summary>
    public bool Has(int item) =>
        item < First || (item - First < Reach && (Placed >> (item - First) & 1) != 0);

    /// <summary>The same with one more item placed; it must be within reach.</summary>
    public OpenItems With(int item)
    {
        var (first, placed) = (First, Placed | 1UL << (item - First));
        for (; (placed & 1) != 0; placed >>= 1)
            first++;
        return new(first, placed);
    }

    /// <summary>Where the first of those without place returned; <see cref="int.MaxValue"/> when all
    /// have one.</summary>
    public int FirstReturn(Item[] items)
    {
        var least = int.MaxValue;
        for (var i = First; i < items.Length && items[i].From < least; i++)
            if (!Has(i))
                least = Math.Min(least, items[i].To);
        return least;
    }
}
