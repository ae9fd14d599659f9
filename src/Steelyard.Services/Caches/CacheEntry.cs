namespace Steelyard.Services.Caches;

/// <summary>What a cache holds under a key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
/// <param name="ExpiresAt">When it is forgotten, however much it is used; null is never.</param>
/// <param name="Sliding">For how long it is kept without being used; null is for ever.</param>
/// <param name="UsedAt">When it was used last.</param>
internal sealed record CacheEntry(
    string Key, byte[] Value, DateTimeOffset? ExpiresAt, TimeSpan? Sliding, DateTimeOffset UsedAt)
{
    /// <summary>What it counts against the limit.</summary>
    public long SizeBytes => (sizeof(char) * Key.Length) + Value.Length;

    /// <summary>Whether it is to be forgotten.</summary>
    public bool IsExpired(DateTimeOffset now) => ExpiresAt <= now || now - UsedAt >= Sliding;

    /// <summary>A moment some time after another; the last there is where that is beyond all.</summary>
    public static DateTimeOffset After(DateTimeOffset moment, TimeSpan span) =>
        span > DateTimeOffset.MaxValue - moment ? DateTimeOffset.MaxValue : moment + span;
}
