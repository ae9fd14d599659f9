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
        // The next text of at most this length: the last character that can grow does, what follows goes.
        var kept = prefix.TrimEnd(char.MaxValue);
        return new(prefix, kept.Length == 0 ? null : kept[..^1] + (char)(kept[^1] + 1));
    }

    /// <summary>Whether a key lies within.</summary>
    public bool Contains(string key) => string.CompareOrdinal(key, From) >= 0
        && (Before is null || string.CompareOrdinal(key, Before) < 0);
}
