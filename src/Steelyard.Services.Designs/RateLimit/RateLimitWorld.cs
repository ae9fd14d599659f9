using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.RateLimit;

/// <summary>The hosts: two of the API, the backend behind them, and the database of the counts.</summary>
internal static class RateLimitWorld
{
    /// <summary>What does the work.</summary>
    public const string Backend = "backend";

    const string Database = "limits-db";

    /// <summary>The hosts of the API.</summary>
    public static IReadOnlyList<string> Hosts { get; } = ["api-1", "api-2"];

    /// <summary>Adds the hosts.</summary>
    public static ServicesWorld AddRateLimit(this ServicesWorld world, RateLimitVariant variant)
    {
        foreach (var host in Hosts)
            world.AddHost(host, args => ApiApplication.Create(args, variant));
        world.AddHost(Backend, BackendApplication.Create).AddDatabase(Database);
        world.Tolerance =
            new() { NodesDown = 1, Amnesia = true, ClockSkew = Quota.Skew, ClockDriftPpm = 1_000 };
        return world;
    }

    /// <summary>Adds tenants, and the promises.</summary>
    public static ServicesWorld DriveRateLimit(
        this ServicesWorld world, RateLimitVariant variant, CommonOptions options)
    {
        var clients = options.Clients ?? 126;
        return world.Drive(
                new(() => new RateLimitWorkload(),
                    (client, hosts) => new RateLimitClient(client, hosts, variant))
                {
                    Clients = clients,
                    RatePerSecond = options.RatePerSecond ?? 30,
                    Duration = options.Duration ?? TimeSpan.FromSeconds(25),
                })
            .Expect(
                new NobodyStarved(Quota.OfTenant), new LimitHolds(Quota.OfTenant), new GoodputRecovers(),
                new RetryAfterHonoured(), new OneLoadPerExpiry(Prices.Last));
    }
}
