using Steelyard.Services.Designs.RateLimit;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Tests.RateLimit;

/// <summary>The rate limit in its story, shorter where no outage is needed, and under all faults.</summary>
internal static class RateLimitScenarios
{
    public static ServicesWorld Build(ServicesWorld world, string variant, double seconds) =>
        new RateLimitScenario().AddTo(world, variant, new() { Duration = TimeSpan.FromSeconds(seconds) });

    public static void Calm(ServicesWorld world, string name) => Build(world, name, 10);

    public static void Outage(ServicesWorld world, string name) =>
        Build(world, name, 22).Faults(RateLimitScenario.Happens);
}

public sealed class DisturbedBuckets : IServicesScenario
{
    public static void Build(ServicesWorld world) =>
        RateLimitScenarios.Build(world, "token-bucket", 8).Faults(FaultPalette.All);
}

public sealed class Buckets : IServicesScenario
{
    public static void Build(ServicesWorld world) => RateLimitScenarios.Outage(world, "token-bucket");
}

public sealed class PerHostLimit : IServicesScenario
{
    public static void Build(ServicesWorld world) => RateLimitScenarios.Calm(world, "per-host-limit");
}

public sealed class FixedWindow : IServicesScenario
{
    public static void Build(ServicesWorld world) => RateLimitScenarios.Calm(world, "fixed-window");
}

public sealed class CheckThenCount : IServicesScenario
{
    public static void Build(ServicesWorld world) => RateLimitScenarios.Calm(world, "check-then-count");
}

public sealed class OneBucketForAll : IServicesScenario
{
    public static void Build(ServicesWorld world) => RateLimitScenarios.Calm(world, "one-bucket-for-all");
}

public sealed class RetryWithoutBudget : IServicesScenario
{
    public static void Build(ServicesWorld world) => RateLimitScenarios.Outage(world, "retry-without-budget");
}

public sealed class RetryTooEarly : IServicesScenario
{
    public static void Build(ServicesWorld world) => RateLimitScenarios.Calm(world, "retry-too-early");
}

public sealed class Stampede : IServicesScenario
{
    public static void Build(ServicesWorld world) => RateLimitScenarios.Calm(world, "stampede");
}
