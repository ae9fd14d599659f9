using Steelyard.Services.Designs.Inventory;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Tests.Inventory;

/// <summary>The inventory under all faults, one scenario for each variant.</summary>
internal static class InventoryScenarios
{
    public static void Build(ServicesWorld world, string variant) => new InventoryScenario()
        .AddTo(world, variant, new() { Duration = TimeSpan.FromSeconds(10) })
        .Faults(FaultPalette.All);
}

public sealed class ConditionalUpdateScenario : IServicesScenario
{
    public static void Build(ServicesWorld world) => InventoryScenarios.Build(world, "conditional-update");
}

public sealed class EscrowScenario : IServicesScenario
{
    public static void Build(ServicesWorld world) => InventoryScenarios.Build(world, "escrow");
}

public sealed class ReadThenWrite : IServicesScenario
{
    public static void Build(ServicesWorld world) => InventoryScenarios.Build(world, "read-then-write");
}

public sealed class CheckThenTake : IServicesScenario
{
    public static void Build(ServicesWorld world) => InventoryScenarios.Build(world, "check-then-take");
}

public sealed class EscrowUnnamedTransfers : IServicesScenario
{
    public static void Build(ServicesWorld world) =>
        InventoryScenarios.Build(world, "escrow-unnamed-transfers");
}
