using Steelyard.Services.Designs.Presence;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Tests.Presence;

/// <summary>Presence in its story, and, smaller, under all faults.</summary>
internal static class PresenceScenarios
{
    public static void Story(ServicesWorld world, string variant) =>
        new PresenceScenario().AddTo(world, variant, new()).Faults(PresenceScenario.Happens);
}

public sealed class DisturbedLeases : IServicesScenario
{
    public static void Build(ServicesWorld world) => new PresenceScenario()
        .AddTo(world, "leased", new() { Clients = 22, Duration = TimeSpan.FromSeconds(12) })
        .Faults(FaultPalette.All);
}

public sealed class Leases : IServicesScenario
{
    public static void Build(ServicesWorld world) => PresenceScenarios.Story(world, "leased");
}

public sealed class CloseByUser : IServicesScenario
{
    public static void Build(ServicesWorld world) => PresenceScenarios.Story(world, "close-by-user");
}

public sealed class NoHeartbeat : IServicesScenario
{
    public static void Build(ServicesWorld world) => PresenceScenarios.Story(world, "no-heartbeat");
}

public sealed class ReconnectAtOnce : IServicesScenario
{
    public static void Build(ServicesWorld world) => PresenceScenarios.Story(world, "reconnect-at-once");
}

public sealed class PushWithoutResync : IServicesScenario
{
    public static void Build(ServicesWorld world) => PresenceScenarios.Story(world, "push-without-resync");
}
