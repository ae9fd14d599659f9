using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Cart.Variants;

/// <summary>How a shopper's session is kept on replicas that lag behind each other, and how carts are merged:
/// what the applications and the clients are built with.</summary>
internal sealed record CartVariant(string Name, string Summary) : ServiceVariant(Name, Summary)
{
    static readonly CartVariant s_token = new(
        "version-token", "shoppers carry the version they know; a replica that lacks it waits");

    static readonly CartVariant s_sticky = new(
        "sticky", "each shopper stays with one replica, and waits while it is away")
    {
        StaysWithReplica = true,
        ReadsAreOrdered = false,
        WritesAreOrdered = false,
    };

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<CartVariant> All { get; } =
    [
        s_token,
        s_sticky,
        s_sticky.Wrong("any-replica", "any replica answers, whatever it lacks") with
        {
            StaysWithReplica = false,
        },
        s_token.Wrong(
            "unordered-writes",
            "a replica that lacks what the shopper knows takes writes, and shows nothing") with
        {
            WritesAreOrdered = false,
        },
        s_token.Wrong(
            "forgetful-token", "shoppers carry the version they read, not that of their writes") with
        {
            TokenHoldsWrites = false,
        },
        s_token.Wrong(
            "last-writer-wins", "of two carts that were changed apart the later one is kept") with
        {
            Rule = new LastWriterWins(),
        },
        s_token.Wrong(
            "forgets-removals",
            "a removed entry leaves no trace, and a late copy of its add brings it back") with
        {
            Rule = new ObservedRemove(remembersRemovals: false),
        },
    ];

    /// <summary>Whether a shopper asks one replica only.</summary>
    public bool StaysWithReplica { get; init; }

    /// <summary>Whether a replica must have what the shopper knows before it shows a cart.</summary>
    public bool ReadsAreOrdered { get; init; } = true;

    /// <summary>Whether a replica must have what the shopper knows before it takes a write.</summary>
    public bool WritesAreOrdered { get; init; } = true;

    /// <summary>Whether a shopper's own writes count among what it knows.</summary>
    public bool TokenHoldsWrites { get; init; } = true;

    /// <summary>How changes are merged.</summary>
    public ICartRule Rule { get; init; } = new ObservedRemove(remembersRemovals: true);
}
