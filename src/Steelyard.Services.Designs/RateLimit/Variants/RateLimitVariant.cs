using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.RateLimit.Variants;

/// <summary>How requests are limited and tried again, or what of that is wrong.</summary>
internal sealed record RateLimitVariant(string Name, string Summary) : ServiceVariant(Name, Summary)
{
    static readonly RateLimitVariant s_tokenBucket = new(
        "token-bucket", "a bucket for each tenant that all hosts share, and clients with a budget");

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<RateLimitVariant> All { get; } =
    [
        s_tokenBucket,
        s_tokenBucket.Wrong("per-host-limit", "each host counts alone") with { Counts = Counting.InHost },
        s_tokenBucket.Wrong("fixed-window", "requests are counted anew from each full second on") with
        {
            Counts = Counting.FixedWindow,
        },
        s_tokenBucket.Wrong(
            "check-then-count", "the bucket is read first, and written once it is known that it holds") with
        {
            Counts = Counting.ReadFirst,
        },
        s_tokenBucket.Wrong("one-bucket-for-all", "all tenants share one bucket") with
        {
            SharesBucket = true,
        },
        s_tokenBucket.Wrong("retry-without-budget", "clients try again whatever happened before") with
        {
            HasBudget = false,
        },
        s_tokenBucket.Wrong("retry-too-early", "clients do not read how long they are to wait") with
        {
            HonoursRetryAfter = false,
        },
        s_tokenBucket.Wrong("stampede", "whoever finds the prices expired loads them for itself") with
        {
            JoinsLoads = false,
        },
    ];

    /// <summary>How requests are counted.</summary>
    public Counting Counts { get; init; } = Counting.Shared;

    /// <summary>Whether tenants take from one bucket.</summary>
    public bool SharesBucket { get; init; }

    /// <summary>Whether clients stop to try again when most of it fails.</summary>
    public bool HasBudget { get; init; } = true;

    /// <summary>Whether clients that were rejected wait as long as they are told.</summary>
    public bool HonoursRetryAfter { get; init; } = true;

    /// <summary>Whether a host waits for a load of the prices that is under way.</summary>
    public bool JoinsLoads { get; init; } = true;
}

/// <summary>How requests are counted.</summary>
internal enum Counting
{
    /// <summary>A token bucket in the database, read and written by one statement.</summary>
    Shared,

    /// <summary>The same, read and written by two.</summary>
    ReadFirst,

    /// <summary>A count for each second, in the database.</summary>
    FixedWindow,

    /// <summary>A token bucket in the memory of each host.</summary>
    InHost,
}
