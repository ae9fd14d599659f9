using Steelyard.Services.Designs.WebTier;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Tests.WebTier;

/// <summary>The web tier in a rolling deploy, or under all faults.</summary>
internal static class WebTierScenarios
{
    public static ServicesWorld Build(ServicesWorld world, string variant) =>
        new WebTierScenario().AddTo(world, variant, new() { Duration = TimeSpan.FromSeconds(15) });

    public static void Deploy(ServicesWorld world, string variant) => Build(world, variant).Faults(
        Rollout.Rolling(
            WebTierScenario.Hosts, at: TimeSpan.FromSeconds(2), away: TimeSpan.FromSeconds(2.5),
            every: TimeSpan.FromSeconds(4), version: 2));
}

public sealed class DeployedStateless : IServicesScenario
{
    public static void Build(ServicesWorld world) => WebTierScenarios.Deploy(world, "stateless");
}

public sealed class DisturbedStateless : IServicesScenario
{
    public static void Build(ServicesWorld world) =>
        WebTierScenarios.Build(world, "stateless").Faults(FaultPalette.All);
}

public sealed class DeployedInMemory : IServicesScenario
{
    public static void Build(ServicesWorld world) => WebTierScenarios.Deploy(world, "in-memory-sessions");
}

public sealed class CrashedInMemory : IServicesScenario
{
    public static void Build(ServicesWorld world) =>
        WebTierScenarios.Build(world, "in-memory-sessions").Faults(FaultPalette.Crash);
}

public sealed class DeployedWithoutDrain : IServicesScenario
{
    public static void Build(ServicesWorld world) => WebTierScenarios.Deploy(world, "no-drain");
}

public sealed class DeployedWithoutHealthCheck : IServicesScenario
{
    public static void Build(ServicesWorld world) => WebTierScenarios.Deploy(world, "no-health-check");
}
