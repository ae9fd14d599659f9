namespace Steelyard.Analysis.Policies.Caching;

/// <summary>One policy at several sizes.</summary>
public static class CacheCurve
{
    /// <summary>The result at each size, in their order. LRU of objects that each take one place needs one
    /// pass for all sizes; others a pass each.</summary>
    /// <param name="kind">The policy.</param>
    /// <param name="requests">The requests.</param>
    /// <param name="capacities">The sizes, at least 1 each.</param>
    public static IReadOnlyList<CacheResult> Of(
        CachePolicyKind kind, CacheRequests requests, IReadOnlyList<long> capacities) =>
        kind.Name == CachePolicies.Lru && requests.Sizes is null && capacities.Count > 1
            ? LruCurve.Of(requests, capacities)
            : [.. capacities.Select(capacity => CachePolicies.Simulate(kind, requests, capacity))];
}
