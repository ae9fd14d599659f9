using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.Presence.Api;
using Steelyard.Services.Designs.Presence.Promises;
using Steelyard.Services.Designs.Presence.Variants;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Designs.Presence;

/// <summary>Who is online: WebSockets and long polling, heartbeats, and reconnect storms.</summary>
internal sealed class PresenceScenario()
    : ServiceDesign<PresenceVariant>(
        PresenceVariant.All, "how it is known who is online, or what of that is missing")
{
    const int LookersAreOneIn = 10;
    const int LooksPerSecond = 3;

    /// <summary>The hosts that users connect to.</summary>
    public static IReadOnlyList<string> Hosts { get; } = ["presence-1", "presence-2"];

    /// <summary>What breaks in its story: a host with half of the users.</summary>
    public static Fault Happens { get; } = new CrashFault
    {
        At = TimeSpan.FromSeconds(11),
        For = TimeSpan.FromSeconds(3),
        Nodes = [Hosts[0]],
    };

    /// <inheritdoc/>
    public override string Name => "presence";

    /// <inheritdoc/>
    public override string Summary =>
        "Who is online: WebSockets and long polling to two hosts, pushes to friends, and reconnect storms.";

    /// <inheritdoc/>
    public override string Story =>
        "Sixty users connect to one of two hosts, by WebSocket or, every third, by long polling, and are"
        + " told which of their friends come and go. Half of them go without a word, and some change to"
        + " another network in between, so that a connection stays half-open at one host while its user is"
        + " connected to the other. At 11 s a host crashes, for 3 s: all its users want to connect again at"
        + " once, and whoever tries is work for the host that is left. Once it is calm, everybody who wants"
        + " to be connected must be, and be seen; who is gone must not be; and no friend may have missed"
        + " anything.";

    /// <inheritdoc/>
    protected override string Cluster => "two hosts and a registry";

    /// <inheritdoc/>
    protected override IReadOnlyList<IChecker> Promises { get; } =
        [new SeenOnline(), new SeenOffline(), new ConnectedAgain(), new PushesArrive()];

    /// <inheritdoc/>
    protected override void AddHosts(ServicesWorld world, PresenceVariant variant)
    {
        foreach (var host in Hosts)
            world.AddHost(host, args => PresenceApi.Create(args, variant));
        world.AddDatabase("registry-db");
        world.Tolerance =
            new() { NodesDown = 1, Amnesia = true, ClockSkew = Bounds.Skew, ClockDriftPpm = 1_000 };
    }

    /// <inheritdoc/>
    protected override ServicesLoad LoadOf(PresenceVariant variant, int? clients)
    {
        var all = clients ?? 66;
        var users = all - Math.Max(1, all / LookersAreOneIn);
        return new(
            () => new PresenceWorkload(users), (client, hosts) => new PresenceClient(client, hosts, variant))
        {
            Clients = all,
            RatePerSecond = (all - users) * LooksPerSecond,
            Arrivals = new PoissonArrivals
            {
                SessionClients = users,
                MeanToFirstSession = TimeSpan.FromSeconds(3.3),
                MeanBetweenSessions = TimeSpan.FromSeconds(13.3),
            },
            Duration = TimeSpan.FromSeconds(30),
        };
    }

    /// <inheritdoc/>
    protected override FaultPlan StoryFaults(PresenceVariant variant, TimeSpan duration) =>
        Stories.Until(duration, Happens);
}
