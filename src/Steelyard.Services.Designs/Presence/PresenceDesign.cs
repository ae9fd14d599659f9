using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Presence;

/// <summary>Who is online: WebSockets and long polling, heartbeats, and reconnect storms.</summary>
public sealed class PresenceDesign()
    : VariantDesign<PresenceVariant>(
        PresenceVariant.All, "how it is known who is online, or what of that is missing",
        "presence has hosts of its own")
{
    /// <summary>What breaks in its story: a host with half of the users.</summary>
    internal static Fault Happens { get; } = new CrashFault
    {
        At = TimeSpan.FromSeconds(11),
        For = TimeSpan.FromSeconds(3),
        Nodes = [PresenceWorld.Hosts[0]],
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
    private protected override Scenario Build(PresenceVariant variant, CommonOptions common)
    {
        var scenario = new ServicesWorld().AddPresence(variant).DrivePresence(variant, common)
            .ToScenario(Name, $"two hosts and a registry: {variant.Summary}");
        return scenario with { StoryFaults = Stories.Until(scenario.Load.Duration, Happens) };
    }
}
