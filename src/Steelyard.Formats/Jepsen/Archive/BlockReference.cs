using Steelyard.Histories;

namespace Steelyard.Formats.Jepsen.Archive;

/// <summary>In a value: its place is taken by another block.</summary>
internal static class BlockReference
{
    static readonly Value Word = "block-ref";

    /// <summary>The value that names a block.</summary>
    public static Value To(Value number) => Value.Map((Word, number));

    /// <summary>The block a value names, or null.</summary>
    public static int? NumberIn(Value value) =>
        value.Kind == ValueKind.Map && value.AsMap.Length == 1
            && value[Word] is { Kind: ValueKind.Integer } number
            ? (int)number.AsInteger
            : null;
}
