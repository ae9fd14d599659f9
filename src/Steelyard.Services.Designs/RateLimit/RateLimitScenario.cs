using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.RateLimit.Api;
using Steelyard.Services.Designs.RateLimit.Promises;
using Steelyard.Services.Designs.RateLimit.Variants;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.RateLimit;

/// <summary>Quotas of tenants, retries, and prices that expire: a noisy neighbour, an outage that ends with
/// its cause, and a herd that asks once.</summary>
internal sealed class RateLimitScenario()
    : ServiceDesign<RateLimitVariant>(
        RateLimitVariant.All, "how requests are limited and tried again, or what of that is wrong")
{
    /// <summary>What does the work.</summary>
    public const string Backend = "backend";

    /// <summary>The hosts of the API.</summary>
    public static IReadOnlyList<string> Hosts { get; } = ["api-1", "api-2"];

    /// <summary>What breaks in its story: the backend stands still, and then has all that was asked
    /// meanwhile before it.</summary>
    public static Fault Happens { get; } = new PauseFault
    {
        At = TimeSpan.FromSeconds(7),
        For = TimeSpan.FromSeconds(3),
        Nodes = [Backend],
    };

    /// <inheritdoc/>
    public override string Name => "rate-limit";

    /// <inheritdoc/>
    public override string Summary =>
        "Quotas of tenants, counted by two hosts together, before a backend that retries or a herd drowns.";

    /// <inheritdoc/>
    public override string Story =>
        "Five tenants send requests to two hosts, which pass them on to one backend. Four keep within their"
        + " quota of 20 a second; the fifth sends ten at once, twice as many as it may, and must be rejected"
        + " while the others are not. The backend does 80 a second, less than all quotas together, and one"
        + " after the other, also where nobody waits any more. At 7 s it stands still for 3 s. Requests time"
        + " out and are sent again: if every client does so as often as it likes, the backend works for ever"
        + " on what was given up, though nothing is broken any more. A budget for retries lets it catch up."
        + " And crowds of 24 ask for the prices at once: each host holds the list for 2 s, and has it"
        + " computed anew when it has expired, once, while all who ask wait for that; if each had its own,"
        + " the herd would drown the backend.";

    /// <inheritdoc/>
    protected override string Cluster => "two hosts, a backend and a database of counts";

    /// <inheritdoc/>
    protected override IReadOnlyList<IChecker> Promises { get; } =
    [
        // Goodput last: it suffers from whatever else is broken.
        new NobodyStarved(Quota.OfTenant), new LimitHolds(Quota.OfTenant), new RetryAfterHonoured(),
        new OneLoadPerExpiry(Prices.Last), new GoodputRecovers(),
    ];

    /// <inheritdoc/>
    protected override void AddHosts(ServicesWorld world, RateLimitVariant variant)
    {
        foreach (var host in Hosts)
            world.AddHost(host, args => RateLimitApi.Create(args, variant));
        world.AddHost(Backend, BackendApi.Create).AddDatabase("limits-db");
        world.Tolerance =
            new() { NodesDown = 1, Amnesia = true, ClockSkew = Quota.Skew, ClockDriftPpm = 1_000 };
    }

    /// <inheritdoc/>
    protected override ServicesLoad LoadOf(RateLimitVariant variant, int? clients) =>
        new(() => new RateLimitWorkload(), (client, hosts) => new RateLimitClient(client, hosts, variant))
        {
            Clients = 126,
            RatePerSecond = 30,
            Duration = TimeSpan.FromSeconds(25),
        };

    /// <inheritdoc/>
    protected override FaultPlan StoryFaults(RateLimitVariant variant, TimeSpan duration) =>
        Stories.Until(duration, Happens);
}
