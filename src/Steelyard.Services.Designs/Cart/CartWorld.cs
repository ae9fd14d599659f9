using Steelyard.Analysis.Effects;
using Steelyard.Services.Designs.Cart.Promises;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Cart;

/// <summary>The hosts of the carts: two replicas, each with a database of its own.</summary>
internal static class CartWorld
{
    /// <summary>The replicas.</summary>
    public static IReadOnlyList<string> Hosts { get; } = ["cart-1", "cart-2"];

    /// <summary>Adds the hosts.</summary>
    public static ServicesWorld AddCarts(this ServicesWorld world, CartVariant variant)
    {
        for (var place = 0; place < Hosts.Count; place++)
        {
            var replica = new CartReplica(place, $"{Hosts[place]}-db");
            world.AddHost(Hosts[place], args => CartApplication.Create(args, replica, variant))
                .AddDatabase(replica.Database);
        }

        world.Tolerance = new() { NodesDown = 1, Amnesia = true };
        return world;
    }

    /// <summary>Adds shoppers, and the promises: the four session
    /// guarantees, nothing lost, and carts that converge.</summary>
    public static ServicesWorld DriveCarts(
        this ServicesWorld world, CartVariant variant, CommonOptions options) =>
        world.Drive(
                new(() => new CartWorkload(), (client, hosts) => new CartClient(client, hosts, variant))
                {
                    Clients = options.Clients ?? 8,
                    RatePerSecond = options.RatePerSecond ?? 40,
                    Duration = options.Duration ?? TimeSpan.FromSeconds(20),
                })
            .Expect(
                [.. SessionGuarantee.All, new EntriesKept(), new ReplicasConverge()]);
}
