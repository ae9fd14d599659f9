using Steelyard.Services.Designs.Cart;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Tests.Cart;

/// <summary>The carts under all faults, one scenario for each variant.</summary>
internal static class CartScenarios
{
    public static void Build(ServicesWorld world, string variant) => new CartScenario()
        .AddTo(world, variant, new() { Duration = TimeSpan.FromSeconds(5) })
        .Faults(FaultPalette.All);
}

public sealed class VersionToken : IServicesScenario
{
    public static void Build(ServicesWorld world) => CartScenarios.Build(world, "version-token");
}

public sealed class Sticky : IServicesScenario
{
    public static void Build(ServicesWorld world) => CartScenarios.Build(world, "sticky");
}

public sealed class AnyReplica : IServicesScenario
{
    public static void Build(ServicesWorld world) => CartScenarios.Build(world, "any-replica");
}

public sealed class UnorderedWrites : IServicesScenario
{
    public static void Build(ServicesWorld world) => CartScenarios.Build(world, "unordered-writes");
}

public sealed class ForgetfulToken : IServicesScenario
{
    public static void Build(ServicesWorld world) => CartScenarios.Build(world, "forgetful-token");
}

public sealed class LatestCart : IServicesScenario
{
    public static void Build(ServicesWorld world) => CartScenarios.Build(world, "last-writer-wins");
}

public sealed class ForgetsRemovals : IServicesScenario
{
    public static void Build(ServicesWorld world) => CartScenarios.Build(world, "forgets-removals");
}
