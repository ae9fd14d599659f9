using Steelyard.Analysis.Sessions;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.WebTier;

/// <summary>A site: a balancer, three hosts in two versions, and a database for sessions.</summary>
internal static class WebTierWorld
{
    /// <summary>Where visitors ask.</summary>
    public const string Balancer = "balancer";

    /// <summary>The hosts behind it.</summary>
    public static IReadOnlyList<string> Hosts { get; } = ["web-1", "web-2", "web-3"];

    /// <summary>Adds the hosts.</summary>
    public static ServicesWorld AddWebTier(this ServicesWorld world, WebTierVariant variant)
    {
        world.AddHost(Balancer, args => BalancerApplication.Create(args, Hosts, variant.ChecksHealth));
        foreach (var host in Hosts)
            world.AddHost(host, [
                args => SiteApplication.Create(args, variant, 1),
                args => SiteApplication.Create(args, variant, 2),
            ]);
        world.AddDatabase("sessions-db");
        world.Tolerance = new() { NodesDown = 1, Amnesia = true, Drains = true };
        return world;
    }

    /// <summary>Adds visitors, and the promises: deploys are not seen, sessions are kept.</summary>
    public static ServicesWorld DriveWebTier(this ServicesWorld world, CommonOptions options) => world
        .Drive(
            new(
                static () => new WebTierWorkload(),
                static (client, hosts) => new WebTierClient(client, hosts))
            {
                Clients = options.Clients ?? 20,
                RatePerSecond = options.RatePerSecond ?? 60,
                Duration = options.Duration ?? TimeSpan.FromSeconds(24),
            })
        .Expect(new NoFailedRequest(Hosts), new ReadYourWrites(), new MonotonicReads());
}
