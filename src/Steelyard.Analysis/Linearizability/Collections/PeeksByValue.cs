namespace Steelyard.Analysis.Linearizability.Collections;

/// <summary>The peeks that returned each value, by invocation.</summary>
internal sealed class PeeksByValue
{
    readonly Peek[] _peeks;
    readonly int[] _from;

    public PeeksByValue(CollectionOperations operations)
    {
        _peeks = [.. operations.Peeks.OrderBy(p => p.Value)];
        _from = new int[operations.Values.Count + 1];
        foreach (var peek in _peeks)
            _from[peek.Value + 1]++;
        for (var i = 1; i < _from.Length; i++)
            _from[i] += _from[i - 1];
    }

    /// <summary>Those of one value.</summary>
    public ReadOnlySpan<Peek> Of(int value) => _peeks.AsSpan(_from[value].._from[value + 1]);

    /// <summary>The cells of one of them.</summary>
    public (int From, int To) CellsOf(int value, int operation)
    {
        foreach (var peek in Of(value))
            if (peek.Operation == operation)
                return (peek.From, peek.To);
        throw new InvalidOperationException($"operation {operation} is no peek of that value");
    }
}
