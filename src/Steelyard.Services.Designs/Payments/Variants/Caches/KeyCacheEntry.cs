namespace Steelyard.Services.Designs.Payments.Variants.Caches;

/// <summary>What a cache holds under a key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Print">Fingerprint of the payload it was used for.</param>
/// <param name="Status">The answer's status; 0 is none yet.</param>
/// <param name="Body">The answer's body.</param>
/// <param name="ExpiresMs">When it is forgotten, in ms of the wall clock since 1970.</param>
internal sealed record KeyCacheEntry(string Key, string Print, int Status, string Body, long ExpiresMs);

/// <summary>How a cache host sees itself.</summary>
/// <param name="IsPrimary">Whether it takes writes.</param>
/// <param name="Epoch">Grows with each failover; of two primaries the lower one steps down.</param>
internal sealed record CacheRole(bool IsPrimary, long Epoch);
