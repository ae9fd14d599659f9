using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Inventory.Variants;

/// <summary>A way to take units from a stock: what the application is built with.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Summary">A few words on it.</param>
/// <param name="Seller">Makes what sells.</param>
internal sealed record InventoryVariant(string Name, string Summary, Func<IServiceProvider, ISeller> Seller)
    : ServiceVariant(Name, Summary)
{
    static readonly InventoryVariant s_conditionalUpdate = new(
        "conditional-update", "one update that takes units only where they are", Make<ConditionalUpdate>);

    static readonly InventoryVariant s_escrow = new(
        "escrow", "each host sells a share of its own; shares move under a name",
        services => Make<Escrow>(services, true)) { SplitsStock = true };

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<InventoryVariant> All { get; } =
    [
        s_conditionalUpdate,
        s_escrow,
        s_conditionalUpdate.Wrong(
            "read-then-write", "the counter is read, and what is left is written without a condition") with
        {
            Seller = services => Make<ReadFirst>(services, "SET units = @seen - @quantity"),
        },
        s_conditionalUpdate.Wrong(
            "check-then-take", "the counter is read, and then lowered without a condition") with
        {
            Seller = services => Make<ReadFirst>(services, "SET units = units - @quantity"),
        },
        s_escrow.Wrong(
            "escrow-unnamed-transfers", "a transfer of units that is asked for again is made again") with
        {
            Seller = services => Make<Escrow>(services, false),
        },
    ];

    /// <summary>Whether each host has units and a database of its own.</summary>
    public bool SplitsStock { get; init; }

    static T Make<T>(IServiceProvider services) => ActivatorUtilities.CreateInstance<T>(services);

    static T Make<T>(IServiceProvider services, params object[] arguments) =>
        ActivatorUtilities.CreateInstance<T>(services, arguments);
}
