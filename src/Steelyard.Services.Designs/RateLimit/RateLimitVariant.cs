using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.RateLimit;

/// <summary>How requests are limited and tried again, or what of that is wrong.</summary>
public sealed class RateLimitVariant : DesignVariant
{
    RateLimitVariant(string name, bool isRight, string summary)
        : base(name, isRight, summary)
    {
    }

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<RateLimitVariant> All { get; } =
    [
        new("token-bucket", true, "a bucket for each tenant that all hosts share, and clients with a budget"),
        new("per-host-limit", false, "each host counts alone") { Counts = Counting.InHost },
        new("fixed-window", false, "requests are counted anew from each full second on")
        {
            Counts = Counting.FixedWindow,
        },
        new("check-then-count", false, "the bucket is read first, and written once it is known that it holds")
        {
            Counts = Counting.ReadFirst,
        },
        new("one-bucket-for-all", false, "all tenants share one bucket") { SharesBucket = true },
        new("retry-without-budget", false, "clients try again whatever happened before")
        {
            HasBudget = false,
        },
        new("retry-too-early", false, "clients do not read how long they are to wait")
        {
            HonoursRetryAfter = false,
        },
        new("stampede", false, "whoever finds the prices expired loads them for itself")
        {
            JoinsLoads = false,
        },
    ];

    /// <summary>How requests are counted.</summary>
    internal Counting Counts { get; private init; } = Counting.Shared;

    /// <summary>Whether tenants take from one bucket.</summary>
    internal bool SharesBucket { get; private init; }

    /// <summary>Whether clients stop to try again when most of it fails.</summary>
    internal bool HasBudget { get; private init; } = true;

    /// <summary>Whether clients that were rejected wait as long as they are told.</summary>
    internal bool HonoursRetryAfter { get; private init; } = true;

    /// <summary>Whether a host waits for a load of the prices that is under way.</summary>
    internal bool JoinsLoads { get; private init; } = true;

    /// <summary>The variant of a name.</summary>
    /// <exception cref="UserMistakeException">There is none of that name.</exception>
    public static RateLimitVariant Find(string name) => Find(All, name);
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
