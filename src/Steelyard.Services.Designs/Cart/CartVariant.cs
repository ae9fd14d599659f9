using Steelyard.Histories;
using Steelyard.Services.Designs.Cart.Rules;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Cart;

/// <summary>How a shopper's session is kept on replicas that lag behind each other, and how carts are merged:
/// what the applications and the clients are built with.</summary>
public sealed class CartVariant : DesignVariant
{
    CartVariant(string name, bool isRight, string summary)
        : base(name, isRight, summary)
    {
    }

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<CartVariant> All { get; } =
    [
        new("version-token", true, "shoppers carry the version they know; a replica that lacks it waits"),
        new("sticky", true, "each shopper stays with one replica, and waits while it is away")
        {
            StaysWithReplica = true,
            ReadsAreOrdered = false,
            WritesAreOrdered = false,
        },
        new("any-replica", false, "any replica answers, whatever it lacks")
        {
            ReadsAreOrdered = false,
            WritesAreOrdered = false,
        },
        new("unordered-writes", false, "a replica that lacks what the shopper knows takes writes, and shows"
            + " nothing")
        {
            WritesAreOrdered = false,
        },
        new("forgetful-token", false, "shoppers carry the version they read, not that of their writes")
        {
            TokenHoldsWrites = false,
        },
        new("last-writer-wins", false, "of two carts that were changed apart the later one is kept")
        {
            Rule = new LastWriterWins(),
        },
        new("forgets-removals", false, "a removed entry leaves no trace, and a late copy of its add brings it"
            + " back")
        {
            Rule = new ObservedRemove(remembersRemovals: false),
        },
    ];

    /// <summary>Whether a shopper asks one replica only.</summary>
    internal bool StaysWithReplica { get; private init; }

    /// <summary>Whether a replica must have what the shopper knows before it shows a cart.</summary>
    internal bool ReadsAreOrdered { get; private init; } = true;

    /// <summary>Whether a replica must have what the shopper knows before it takes a write.</summary>
    internal bool WritesAreOrdered { get; private init; } = true;

    /// <summary>Whether a shopper's own writes count among what it knows.</summary>
    internal bool TokenHoldsWrites { get; private init; } = true;

    /// <summary>How changes are merged.</summary>
    internal ICartRule Rule { get; private init; } = new ObservedRemove(remembersRemovals: true);

    /// <summary>The variant of a name.</summary>
    /// <exception cref="UserMistakeException">There is none of that name.</exception>
    public static CartVariant Find(string name) => Find(All, name);
}
