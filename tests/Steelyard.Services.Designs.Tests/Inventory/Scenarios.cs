using Steelyard.Services.Designs.Inventory;
using Steelyard.Worlds;

namespace Steelyard.Services.Designs.Tests.Inventory;

/// <summary>The inventory under all faults, one scenario for each variant.</summary>
internal static class Scenarios
{
    public static void Build(ServicesWorld world, string variant)
    {
        var found = InventoryVariant.Find(variant);
        world.AddInventory(found)
            .DriveInventory(found, new() { Duration = TimeSpan.FromSeconds(10) })
            .Faults(FaultPalette.All);
    }
}

public sealed class ConditionalUpdate : IServicesScenario
{
    public static void Build(ServicesWorld world) => Scenarios.Build(world, "conditional-update");
}

public sealed class Escrow : IServicesScenario
{
    public static void Build(ServicesWorld world) => Scenarios.Build(world, "escrow");
}

public sealed class ReadThenWrite : IServicesScenario
{
    public static void Build(ServicesWorld world) => Scenarios.Build(world, "read-then-write");
}

public sealed class CheckThenTake : IServicesScenario
{
    public static void Build(ServicesWorld world) => Scenarios.Build(world, "check-then-take");
}

public sealed class EscrowUnnamedTransfers : IServicesScenario
{
    public static void Build(ServicesWorld world) => Scenarios.Build(world, "escrow-unnamed-transfers");
}
