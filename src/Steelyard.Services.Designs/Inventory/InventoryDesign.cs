using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Inventory;

/// <summary>A hundred units, two shops, and more buyers than units.</summary>
public sealed class InventoryDesign()
    : VariantDesign<InventoryVariant>(
        InventoryVariant.All, "how units are taken from the stock", "the inventory has hosts of its own")
{
    static readonly TimeSpan CrashEvery = TimeSpan.FromSeconds(3);
    static readonly TimeSpan CrashFor = TimeSpan.FromMilliseconds(800);

    /// <inheritdoc/>
    public override string Name => "inventory";

    /// <inheritdoc/>
    public override string Summary =>
        "A hundred units sold by two hosts in ASP.NET Core: none is sold twice, whatever crashes or races.";

    /// <inheritdoc/>
    public override string Story =>
        "Two hosts sell the same hundred units to more buyers than there are units; sales are cancelled, and"
        + " their units sold again. Hosts crash every three seconds, in turn, and clients ask again under the"
        + " id of their sale. Who reads the counter first and writes it afterwards takes the same unit for"
        + " two buyers. One conditional update cannot; and under escrow each host sells out of a share of"
        + " its own, without asking anybody, and shares move between hosts under a name, so that they move"
        + " once.";

    /// <inheritdoc/>
    private protected override Scenario Build(InventoryVariant variant, CommonOptions common)
    {
        var scenario = new ServicesWorld().AddInventory(variant).DriveInventory(variant, common)
            .ToScenario(Name, $"two hosts and a hundred units: {variant.Summary}");
        return scenario with
        {
            StoryFaults = Stories.CrashesInTurn(
                InventoryWorld.Hosts, CrashEvery, CrashFor, scenario.Load.Duration),
        };
    }
}
