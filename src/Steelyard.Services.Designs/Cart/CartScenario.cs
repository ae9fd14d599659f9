using Steelyard.Analysis.Effects;
using Steelyard.Histories;
using Steelyard.Services.Designs.Cart.Api;
using Steelyard.Services.Designs.Cart.Promises;
using Steelyard.Services.Designs.Cart.Variants;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Cart;

/// <summary>Shopping carts on two replicas that lag behind
/// each other, and what a session is promised.</summary>
internal sealed class CartScenario()
    : ServiceDesign<CartVariant>(CartVariant.All, "how a session is kept, and how carts are merged")
{
    /// <summary>The replicas.</summary>
    public static IReadOnlyList<string> Hosts { get; } = ["cart-1", "cart-2"];

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
    protected override string Cluster => "two replicas, each with a database";

    /// <inheritdoc/>
    protected override IReadOnlyList<IChecker> Promises { get; } =
        [.. SessionGuarantee.All, new EntriesKept(), new ReplicasConverge()];

    /// <inheritdoc/>
    protected override void AddHosts(ServicesWorld world, CartVariant variant)
    {
        for (var place = 0; place < Hosts.Count; place++)
        {
            var replica = new CartReplica(place, $"{Hosts[place]}-db");
            world.AddHost(Hosts[place], args => CartApi.Create(args, replica, variant))
                .AddDatabase(replica.Database);
        }

        world.Tolerance = new() { NodesDown = 1, Amnesia = true };
    }

    /// <inheritdoc/>
    protected override ServicesLoad LoadOf(CartVariant variant, int? clients) =>
        new(() => new CartWorkload(), (client, hosts) => new CartClient(client, hosts, variant))
        {
            Clients = 8,
            RatePerSecond = 40,
        };

    /// <inheritdoc/>
    protected override FaultPlan StoryFaults(CartVariant variant, TimeSpan duration) => new(
    [
        new CutFault { At = duration / 5, For = duration / 4, From = [Hosts[0]], To = [Hosts[1]] },
        new CutFault { At = duration / 5, For = duration / 4, From = [Hosts[1]], To = [Hosts[0]] },
        new CrashFault { At = duration * 0.65, For = duration / 10, Nodes = [Hosts[0]] },
    ]);
}
