using Steelyard.Histories;

namespace Steelyard.Analysis.Shapes;

/// <summary>What a payload must look like.</summary>
/// <param name="Words">The same for people: <c>[from, to]</c>.</param>
/// <param name="Fits">Whether a payload looks like that; null is any.</param>
internal sealed record PayloadShape(string Words, Func<Value, bool>? Fits)
{
    /// <summary>Whatever it is.</summary>
    public static PayloadShape Any { get; } = new("anything", null);

    /// <summary>A whole number.</summary>
    public static PayloadShape Integer { get; } = new("a whole number", value => value.IsInteger);

    /// <summary>A list of any length.</summary>
    public static PayloadShape List { get; } = new("a list", value => value.Kind == ValueKind.List);

    /// <summary>A map of whatever keys.</summary>
    public static PayloadShape Map { get; } = new("a map", value => value.Kind == ValueKind.Map);

    /// <summary>A list of so many elements of any kind.</summary>
    public static PayloadShape ListOf(int length, string words) =>
        new(words, value => value.Kind == ValueKind.List && value.AsList.Length == length);

    /// <summary>A map that holds whole numbers under some keys, and whatever else.</summary>
    public static PayloadShape MapOfIntegers(string words, params string[] keys) => new(
        words,
        value => value.Kind == ValueKind.Map && Array.TrueForAll(keys, key => value[key].IsInteger));

    /// <summary>A map with whole numbers under all its keys.</summary>
    public static PayloadShape Integers(string words) => new(words, HoldsIntegers);

    /// <summary>The same, or nothing at all.</summary>
    public PayloadShape OrNil() =>
        Fits is not { } fits ? this : new($"{Words} or nil", value => value.IsNil || fits(value));

    static bool HoldsIntegers(Value value)
    {
        if (value.Kind != ValueKind.Map)
            return false;
        foreach (var (_, held) in value.AsMap)
            if (!held.IsInteger)
                return false;
        return true;
    }
}
