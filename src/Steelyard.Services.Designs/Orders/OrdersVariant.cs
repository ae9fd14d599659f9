using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Orders;

/// <summary>How an order is carried through three services,
/// or not: what the applications are built with.</summary>
public sealed class OrdersVariant : DesignVariant
{
    OrdersVariant(string name, bool isRight, string summary)
        : base(name, isRight, summary)
    {
    }

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<OrdersVariant> All { get; } =
    [
        new("saga", true, "the order service asks stock and payment, and undoes both where one refuses"),
        new("choreography", true, "each service tells the next, out of an outbox filled with its own change")
        {
            Choreographs = true,
        },
        new("no-compensation", false, "a cancelled order leaves what was done for it")
        {
            Compensates = false,
        },
        new("compensate-known-steps", false, "a step whose outcome nobody knows is not undone")
        {
            CompensatesUnknown = false,
        },
        new("no-tombstone", false, "undoing what has not come yet is forgotten, and it comes later")
        {
            LeavesTombstones = false,
        },
        new("steps-without-idempotency", false, "a step that is asked for again is done again")
        {
            StepsAreNamed = false,
        },
        new("undo-without-idempotency", false, "what is undone again is given back again")
        {
            UndoesOnce = false,
        },
        new("state-in-memory", false, "which sagas are to be finished is kept in the memory of a host")
        {
            KeepsSagas = false,
        },
        new("server-chosen-id", false, "the server names each order it is sent, and a retry is another one")
        {
            ClientsNameOrders = false,
        },
        new("tell-after-commit", false, "as choreography, but the next is told after the change, not from an"
            + " outbox")
        {
            Choreographs = true,
            KeepsTellings = false,
        },
    ];

    /// <summary>Whether the services tell each other, and nobody directs them.</summary>
    internal bool Choreographs { get; private init; }

    /// <summary>Whether the steps of a cancelled order are undone.</summary>
    internal bool Compensates { get; private init; } = true;

    /// <summary>Whether a step is undone as well of which nobody knows whether it was done.</summary>
    internal bool CompensatesUnknown { get; private init; } = true;

    /// <summary>Whether a service remembers to have undone what it had not done yet.</summary>
    internal bool LeavesTombstones { get; private init; } = true;

    /// <summary>Whether a step is done once for an order, however often it is asked for.</summary>
    internal bool StepsAreNamed { get; private init; } = true;

    /// <summary>Whether a step is undone once, however often that is asked for.</summary>
    internal bool UndoesOnce { get; private init; } = true;

    /// <summary>Whether the sagas that are to be finished are found in the database.</summary>
    internal bool KeepsSagas { get; private init; } = true;

    /// <summary>Whether an order has the id that its client gave it.</summary>
    internal bool ClientsNameOrders { get; private init; } = true;

    /// <summary>Whether what is to be told of a change is kept with it until it is told.</summary>
    internal bool KeepsTellings { get; private init; } = true;

    /// <summary>The variant of a name.</summary>
    /// <exception cref="UserMistakeException">There is none of that name.</exception>
    public static OrdersVariant Find(string name) => Find(All, name);
}
