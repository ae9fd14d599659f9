using Steelyard.Services.Designs.Payments;
using Steelyard.Worlds;

namespace Steelyard.Services.Designs.Tests.Payments;

/// <summary>The payments service under all faults, one scenario for each variant.</summary>
internal static class Scenarios
{
    public static void Build(ServicesWorld world, string variant) => world
        .AddPayments(PaymentVariant.Find(variant))
        .DrivePayments(new() { Duration = TimeSpan.FromSeconds(10) })
        .Faults(FaultPalette.All);
}

public sealed class KeyWithEffect : IServicesScenario
{
    public static void Build(ServicesWorld world) => Scenarios.Build(world, "key-with-effect");
}

public sealed class KeyAfterEffect : IServicesScenario
{
    public static void Build(ServicesWorld world) => Scenarios.Build(world, "key-after-effect");
}

public sealed class KeyBeforeEffect : IServicesScenario
{
    public static void Build(ServicesWorld world) => Scenarios.Build(world, "key-before-effect");
}

public sealed class KeyInAsyncCache : IServicesScenario
{
    public static void Build(ServicesWorld world) => Scenarios.Build(world, "key-in-async-cache");
}

public sealed class VersionBumped : IServicesScenario
{
    public static void Build(ServicesWorld world) => Scenarios.Build(world, "version-bumped");
}

public sealed class VersionNeverBumped : IServicesScenario
{
    public static void Build(ServicesWorld world) => Scenarios.Build(world, "version-never-bumped");
}

public sealed class UniqueConstraint : IServicesScenario
{
    public static void Build(ServicesWorld world) => Scenarios.Build(world, "unique-constraint");
}

public sealed class OutboxDedup : IServicesScenario
{
    public static void Build(ServicesWorld world) => Scenarios.Build(world, "outbox-dedup");
}

public sealed class AtLeastOnce : IServicesScenario
{
    public static void Build(ServicesWorld world) => Scenarios.Build(world, "at-least-once");
}

public sealed class NoKey : IServicesScenario
{
    public static void Build(ServicesWorld world) => Scenarios.Build(world, "none");
}
