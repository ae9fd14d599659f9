using Steelyard.Histories;

namespace Steelyard.Analysis.Policies.Caching;

/// <summary>A way to choose what a cache drops.</summary>
/// <param name="Name">The word after <c>--policy</c>.</param>
/// <param name="Summary">What it does, in one line.</param>
/// <param name="Source">The paper.</param>
public sealed record CachePolicyKind(string Name, string Summary, string Source)
{
    /// <summary>Makes an empty cache for requests.</summary>
    internal Func<long, CacheRequests, CachePolicy> Make { get; init; } = (capacity, requests) =>
        new LruCache(capacity, requests.Distinct);
}

/// <summary>The policies there are.</summary>
public static class CachePolicies
{
    internal const string Lru = "lru";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CachePolicyKind> All { get; } =
    [
        new(Lru, "drops what was asked for longest ago", "Mattson et al. 1970")
        {
            Make = (capacity, requests) => new LruCache(capacity, requests.Distinct),
        },
        new("fifo", "drops what was put in first", "Belady 1966")
        {
            Make = (capacity, requests) => new FifoCache(capacity, requests.Distinct),
        },
        new("clock", "drops what was put in first and not asked for since", "Corbató 1968")
        {
            Make = (capacity, requests) => new ClockCache(capacity, requests.Distinct),
        },
        new("sieve", "a hand drops what was not asked for since it came by", "Zhang et al. 2024")
        {
            Make = (capacity, requests) => new SieveCache(capacity, requests.Distinct),
        },
        new("lfu", "drops what was asked for least often while it was held", "Shah, Mitra and Matani 2010")
        {
            Make = (capacity, requests) => new LfuCache(capacity, requests.Distinct),
        },
        new("opt", "drops what will be asked for again last: the optimum", "Belady 1966")
        {
            Make = (capacity, requests) => new BeladyCache(capacity, requests),
        },
        new("arc", "balances what was seen once and what was seen again", "Megiddo and Modha 2003")
        {
            Make = (capacity, requests) => new ArcCache(capacity, requests.Distinct),
        },
        new("s3-fifo", "a small queue, a main one, and names of what was dropped", "Yang et al. 2023")
        {
            Make = (capacity, requests) => new S3FifoCache(capacity, requests.Distinct),
        },
        new("w-tinylfu", "admits what is asked for more often than what it displaces", "Einziger et al. 2017")
        {
            Make = (capacity, requests) => new WTinyLfuCache(capacity, requests.Distinct),
        },
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(kind => kind.Name)];

    /// <summary>The policy of a name.</summary>
    /// <exception cref="UserMistakeException">There is none of this name.</exception>
    public static CachePolicyKind Named(string name) =>
        All.FirstOrDefault(kind => kind.Name == name) ?? throw new UserMistakeException(
            $"--policy: expected {string.Join(", ", Names)}, found \"{name}\"{Suggestion.For(name, Names)}");

    /// <summary>Gives all requests to a cache.</summary>
    /// <param name="kind">Its policy.</param>
    /// <param name="requests">The requests.</param>
    /// <param name="capacity">What it holds: bytes where requests have sizes, else objects; at least
    /// 1.</param>
    public static CacheResult Simulate(CachePolicyKind kind, CacheRequests requests, long capacity)
    {
        var cache = kind.Make(capacity, requests);
        var (hits, asked, missed) = (0L, 0L, 0L);
        for (var request = 0; request < requests.Count; request++)
        {
            var size = (long)requests.Size(request);
            asked += size;
            if (cache.Request(requests.Objects[request], size))
                hits++;
            else
                missed += size;
        }

        return new(requests.Count, hits, asked, missed);
    }
}
