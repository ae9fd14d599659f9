using Microsoft.Extensions.DependencyInjection;
using Steelyard.Histories;
using Steelyard.Services.Designs.Inventory.Sellers;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Inventory;

/// <summary>A way to take units from a stock: what the application is built with.</summary>
public sealed class InventoryVariant : DesignVariant
{
    InventoryVariant(string name, bool isRight, string summary, Func<IServiceProvider, ISeller> seller)
        : base(name, isRight, summary)
    {
        Seller = seller;
    }

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<InventoryVariant> All { get; } =
    [
        new("conditional-update", true, "one update that takes units only where they are",
            Make<ConditionalUpdate>),
        new("escrow", true, "each host sells a share of its own; shares move under a name",
            services => Make<Escrow>(services, true)) { SplitsStock = true },
        new("read-then-write", false, "the counter is read, and what is left is written without a condition",
            services => Make<ReadFirst>(services, "SET units = @seen - @quantity")),
        new("check-then-take", false, "the counter is read, and then lowered without a condition",
            services => Make<ReadFirst>(services, "SET units = units - @quantity")),
        new("escrow-unnamed-transfers", false, "a transfer of units that is asked for again is made again",
            services => Make<Escrow>(services, false)) { SplitsStock = true },
    ];

    /// <summary>Whether each host has units and a database of its own.</summary>
    internal bool SplitsStock { get; private init; }

    /// <summary>Makes what sells.</summary>
    internal Func<IServiceProvider, ISeller> Seller { get; }

    /// <summary>The variant of a name.</summary>
    /// <exception cref="UserMistakeException">There is none of that name.</exception>
    public static InventoryVariant Find(string name) => Find(All, name);

    static T Make<T>(IServiceProvider services) => ActivatorUtilities.CreateInstance<T>(services);

    static T Make<T>(IServiceProvider services, params object[] arguments) =>
        ActivatorUtilities.CreateInstance<T>(services, arguments);
}
