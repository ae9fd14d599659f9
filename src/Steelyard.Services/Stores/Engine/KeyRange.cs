namespace Steelyard.Services.Stores.Engine;

/// <summary>Keys from one on, in ordinal order.</summary>
/// <param name="From">The least key.</param>
/// <param name="Before">The first key above it; null is none.</param>
internal readonly record struct KeyRange(string From, string? Before)
{
    /// <summary>One key alone.</summary>
    public static KeyRange Of(string key) => new(key, key + '\0');

    /// <summary>All keys that begin so.</summary>
    public static KeyRange Prefix(string prefix)
    {
        // The first text above: the last character that can grow does, what follows goes.
        for (var kept = prefix; kept.Length > 0; kept = kept[..^1])
            if (Next(kept[^1]) is { } next)
                return new(prefix, kept[..^1] + next);
        return new(prefix, null);
    }

    // The first text above all that begin with a character; null is none. Half a surrogate pair alone is no
    // text, and would not arrive as it was sent.
    static string? Next(char last) => last switch
    {
        char.MaxValue or '\uDFFF' => null,
        '\uD7FF' => "\uD800\uDC00",
        '\uDBFF' => "\uE000",
        >= '\uD800' and < '\uDBFF' => $"{(char)(last + 1)}\uDC00",
        _ => $"{(char)(last + 1)}",
    };

    /// <summary>Whether a key lies within.</summary>
    public bool Contains(string key) => string.CompareOrdinal(key, From) >= 0
        && (Before is null || string.CompareOrdinal(key, Before) < 0);
}
