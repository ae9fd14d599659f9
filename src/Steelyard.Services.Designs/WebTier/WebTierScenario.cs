using Steelyard.Analysis.Sessions;
using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.WebTier.Api;
using Steelyard.Services.Designs.WebTier.Promises;
using Steelyard.Services.Designs.WebTier.Variants;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.WebTier;

/// <summary>A site behind a balancer: deploys that nobody notices, and sessions that outlive their
/// hosts.</summary>
internal sealed class WebTierScenario()
    : ServiceDesign<WebTierVariant>(
        WebTierVariant.All, "what keeps requests and sessions, or what of it is missing")
{
    /// <summary>Where visitors ask.</summary>
    public const string Balancer = "balancer";

    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>The hosts behind it.</summary>
    public static IReadOnlyList<string> Hosts { get; } = ["web-1", "web-2", "web-3"];

    /// <inheritdoc/>
    public override string Name => "web-tier";

    /// <inheritdoc/>
    public override string Summary =>
        "Hosts in ASP.NET Core behind a balancer: a rolling deploy fails no request, and sessions are kept.";

    /// <inheritdoc/>
    public override string Story =>
        "Three hosts serve a site behind a balancer. At 2 s a rolling deploy begins: each host in turn is"
        + " told to stop, says that it is not ready, finishes what is open, and comes back as version 2. At"
        + " 14 s a host crashes, and from 20 s on there is one host less. No request may fail in the deploy"
        + " and in the scale-in, and a visitor's session must be what it was, whichever host answers: so it"
        + " cannot be kept in a host.";

    /// <inheritdoc/>
    protected override string Cluster => "a balancer, three hosts and a database";

    /// <inheritdoc/>
    protected override IReadOnlyList<IChecker> Promises { get; } =
        [new DeploysUnseen(Hosts), new ReadYourWrites(), new MonotonicReads()];

    /// <inheritdoc/>
    protected override void AddHosts(ServicesWorld world, WebTierVariant variant)
    {
        world.AddHost(Balancer, args => BalancerApi.Create(args, Hosts, variant.ChecksHealth));
        foreach (var host in Hosts)
            world.AddHost(host, [
                args => SiteApi.Create(args, variant, 1), args => SiteApi.Create(args, variant, 2),
            ]);
        world.AddDatabase("sessions-db");
        world.Tolerance = new() { NodesDown = 1, Amnesia = true, Drains = true };
    }

    /// <inheritdoc/>
    protected override ServicesLoad LoadOf(WebTierVariant variant, int? clients) => new(
        static () => new WebTierWorkload(), static (client, hosts) => new WebTierClient(client, hosts))
    {
        Clients = 20,
        RatePerSecond = 60,
        Duration = 24 * Second,
    };

    /// <inheritdoc/>
    protected override FaultPlan StoryFaults(WebTierVariant variant, TimeSpan duration) => Stories.Until(
        duration,
        [
            .. Rollout.Rolling(Hosts, 2 * Second, 2.5 * Second, 4 * Second, version: 2),
            new CrashFault { At = 14 * Second, For = Second, Nodes = [Hosts[1]] },
            new DrainFault { At = 20 * Second, Nodes = [Hosts[2]] },
        ]);
}
