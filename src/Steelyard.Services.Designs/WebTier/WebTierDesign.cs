using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.WebTier;

/// <summary>A site behind a balancer: deploys that nobody notices, and sessions that outlive their
/// hosts.</summary>
public sealed class WebTierDesign()
    : VariantDesign<WebTierVariant>(
        WebTierVariant.All, "what keeps requests and sessions, or what of it is missing",
        "the web tier has hosts of its own")
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

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
    private protected override Scenario Build(WebTierVariant variant, CommonOptions common)
    {
        var scenario = new ServicesWorld().AddWebTier(variant).DriveWebTier(common)
            .ToScenario(Name, $"a balancer, three hosts and a database: {variant.Summary}");
        return scenario with { StoryFaults = Stories.Until(scenario.Load.Duration, Story()) };

        static IEnumerable<Fault> Story() =>
        [
            .. Rollout.Rolling(WebTierWorld.Hosts, 2 * Second, 2.5 * Second, 4 * Second, version: 2),
            new CrashFault { At = 14 * Second, For = Second, Nodes = [WebTierWorld.Hosts[1]] },
            new DrainFault { At = 20 * Second, Nodes = [WebTierWorld.Hosts[2]] },
        ];
    }
}
