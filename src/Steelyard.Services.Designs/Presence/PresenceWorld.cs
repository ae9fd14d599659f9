using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Designs.Presence;

/// <summary>The hosts: two that users connect to, and the registry's database.</summary>
internal static class PresenceWorld
{
    const string RegistryDatabase = "registry-db";
    const int LookersAreOneIn = 10;
    const int LooksPerSecond = 3;

    /// <summary>The hosts that users connect to.</summary>
    public static IReadOnlyList<string> Hosts { get; } = ["presence-1", "presence-2"];

    /// <summary>Adds the hosts.</summary>
    public static ServicesWorld AddPresence(this ServicesWorld world, PresenceVariant variant)
    {
        foreach (var host in Hosts)
            world.AddHost(host, args => PresenceApplication.Create(args, variant));
        world.AddDatabase(RegistryDatabase);
        world.Tolerance =
            new() { NodesDown = 1, Amnesia = true, ClockSkew = Bounds.Skew, ClockDriftPpm = 1_000 };
        return world;
    }

    /// <summary>Adds users, and the promises of what is seen of them and when.</summary>
    public static ServicesWorld DrivePresence(
        this ServicesWorld world, PresenceVariant variant, CommonOptions options)
    {
        var clients = options.Clients ?? 66;
        var users = clients - Math.Max(1, clients / LookersAreOneIn);
        return world.Drive(
                new(() => new PresenceWorkload(users),
                    (client, hosts) => new PresenceClient(client, hosts, variant))
                {
                    Clients = clients,
                    RatePerSecond = options.RatePerSecond ?? (clients - users) * LooksPerSecond,
                    Arrivals = new PoissonArrivals
                    {
                        SessionClients = users,
                        MeanToFirstSession = TimeSpan.FromSeconds(3.3),
                        MeanBetweenSessions = TimeSpan.FromSeconds(13.3),
                    },
                    Duration = options.Duration ?? TimeSpan.FromSeconds(30),
                })
            .Expect(new SeenOnline(), new SeenOffline(), new ConnectedAgain(), new PushesArrive());
    }
}
