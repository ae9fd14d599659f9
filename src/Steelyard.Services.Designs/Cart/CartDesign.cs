using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Cart;

/// <summary>Shopping carts on two replicas that lag behind
/// each other, and what a session is promised.</summary>
public sealed class CartDesign()
    : VariantDesign<CartVariant>(
        CartVariant.All, "how a session is kept, and how carts are merged",
        "the carts have hosts of their own")
{
    /// <inheritdoc/>
    public override string Name => "cart";

    /// <inheritdoc/>
    public override string Summary =>
        "Shopping carts on two replicas that lag: shoppers see their own changes, and never the past again.";

    /// <inheritdoc/>
    public override string Story =>
        "Shoppers add, remove and look, each request at the next of two replicas, which hand their changes on"
        + " four times a second. After a fifth of the run the replicas cannot reach each other, nor the"
        + " shoppers beside one of them the other; later one crashes. Who is answered by any replica"
        + " misses what it added a moment ago. Who carries the version it knows is answered by a replica"
        + " that has it, and by nobody else; who stays with one replica waits while that one is away."
        + " Either way entries that were added and removed apart are merged, and none is lost.";

    /// <inheritdoc/>
    private protected override Scenario Build(CartVariant variant, CommonOptions common)
    {
        var scenario = new ServicesWorld().AddCarts(variant).DriveCarts(variant, common)
            .ToScenario(Name, $"two replicas, each with a database: {variant.Summary}");
        return scenario with { StoryFaults = StoryOf(scenario.Load.Duration) };
    }

    static FaultPlan StoryOf(TimeSpan duration) => new(
    [
        new CutFault
        {
            At = duration / 5, For = duration / 4, From = [CartWorld.Hosts[0]], To = [CartWorld.Hosts[1]],
        },
        new CutFault
        {
            At = duration / 5, For = duration / 4, From = [CartWorld.Hosts[1]], To = [CartWorld.Hosts[0]],
        },
        new CrashFault { At = duration * 0.65, For = duration / 10, Nodes = [CartWorld.Hosts[0]] },
    ]);
}
