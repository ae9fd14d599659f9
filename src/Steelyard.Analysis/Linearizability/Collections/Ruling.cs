namespace Steelyard.Analysis.Linearizability.Collections;

/// <summary>What an algorithm for one kind of collection found.</summary>
/// <param name="Order">History indices in an order that explains the operations; null when there is
/// none.</param>
/// <param name="Clash">Why there is none; null when there is one.</param>
internal readonly record struct Ruling(int[]? Order, Clash? Clash)
{
    /// <summary>No order: a few values contradict each other.</summary>
    /// <param name="sentence">Why.</param>
    /// <param name="operation">An operation that belongs to none of the values, or a negative number.</param>
    /// <param name="values">The values.</param>
    public static Ruling No(string sentence, int operation, params int[] values) =>
        new(null, new(sentence, operation, values));
}

/// <summary>A few values whose operations contradict each other.</summary>
internal sealed record Clash(string Sentence, int Operation, int[] Values);
