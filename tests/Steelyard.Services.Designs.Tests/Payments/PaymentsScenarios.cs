using Steelyard.Services.Designs.Payments;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Tests.Payments;

/// <summary>The payments service under all faults, one scenario for each variant.</summary>
internal static class PaymentsScenarios
{
    public static void Build(ServicesWorld world, string variant) => new PaymentsScenario()
        .AddTo(world, variant, new() { Duration = TimeSpan.FromSeconds(10) })
        .Faults(FaultPalette.All);
}

public sealed class KeyWithEffectScenario : IServicesScenario
{
    public static void Build(ServicesWorld world) => PaymentsScenarios.Build(world, "key-with-effect");
}

public sealed class KeyAfterEffectScenario : IServicesScenario
{
    public static void Build(ServicesWorld world) => PaymentsScenarios.Build(world, "key-after-effect");
}

public sealed class KeyBeforeEffectScenario : IServicesScenario
{
    public static void Build(ServicesWorld world) => PaymentsScenarios.Build(world, "key-before-effect");
}

public sealed class KeyInAsyncCacheScenario : IServicesScenario
{
    public static void Build(ServicesWorld world) => PaymentsScenarios.Build(world, "key-in-async-cache");
}

public sealed class VersionBumped : IServicesScenario
{
    public static void Build(ServicesWorld world) => PaymentsScenarios.Build(world, "version-bumped");
}

public sealed class VersionNeverBumped : IServicesScenario
{
    public static void Build(ServicesWorld world) => PaymentsScenarios.Build(world, "version-never-bumped");
}

public sealed class UniqueConstraintScenario : IServicesScenario
{
    public static void Build(ServicesWorld world) => PaymentsScenarios.Build(world, "unique-constraint");
}

public sealed class OutboxDedup : IServicesScenario
{
    public static void Build(ServicesWorld world) => PaymentsScenarios.Build(world, "outbox-dedup");
}

public sealed class AtLeastOnce : IServicesScenario
{
    public static void Build(ServicesWorld world) => PaymentsScenarios.Build(world, "at-least-once");
}

public sealed class NoKeyScenario : IServicesScenario
{
    public static void Build(ServicesWorld world) => PaymentsScenarios.Build(world, "none");
}
