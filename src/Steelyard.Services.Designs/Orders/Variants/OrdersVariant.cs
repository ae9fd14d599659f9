using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Orders.Variants;

/// <summary>How an order is carried through three services,
/// or not: what the applications are built with.</summary>
internal sealed record OrdersVariant(string Name, string Summary) : ServiceVariant(Name, Summary)
{
    static readonly OrdersVariant s_saga = new(
        "saga", "the order service asks stock and payment, and undoes both where one refuses");

    static readonly OrdersVariant s_choreography = new(
        "choreography", "each service tells the next, out of an outbox filled with its own change")
    {
        Choreographs = true,
    };

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<OrdersVariant> All { get; } =
    [
        s_saga,
        s_choreography,
        s_saga.Wrong("no-compensation", "a cancelled order leaves what was done for it") with
        {
            Compensates = false,
        },
        s_saga.Wrong("compensate-known-steps", "a step whose outcome nobody knows is not undone") with
        {
            CompensatesUnknown = false,
        },
        s_saga.Wrong("no-tombstone", "undoing what has not come yet is forgotten, and it comes later") with
        {
            LeavesTombstones = false,
        },
        s_saga.Wrong("steps-without-idempotency", "a step that is asked for again is done again") with
        {
            StepsAreNamed = false,
        },
        s_saga.Wrong("undo-without-idempotency", "what is undone again is given back again") with
        {
            UndoesOnce = false,
        },
        s_saga.Wrong(
            "state-in-memory", "which sagas are to be finished is kept in the memory of a host") with
        {
            KeepsSagas = false,
        },
        s_saga.Wrong(
            "server-chosen-id", "the server names each order it is sent, and a retry is another one") with
        {
            ClientsNameOrders = false,
        },
        s_choreography.Wrong(
            "tell-after-commit",
            "as choreography, but the next is told after the change, not from an outbox") with
        {
            KeepsTellings = false,
        },
    ];

    /// <summary>Whether the services tell each other, and nobody directs them.</summary>
    public bool Choreographs { get; init; }

    /// <summary>Whether the steps of a cancelled order are undone.</summary>
    public bool Compensates { get; init; } = true;

    /// <summary>Whether a step is undone as well of which nobody knows whether it was done.</summary>
    public bool CompensatesUnknown { get; init; } = true;

    /// <summary>Whether a service remembers to have undone what it had not done yet.</summary>
    public bool LeavesTombstones { get; init; } = true;

    /// <summary>Whether a step is done once for an order, however often it is asked for.</summary>
    public bool StepsAreNamed { get; init; } = true;

    /// <summary>Whether a step is undone once, however often that is asked for.</summary>
    public bool UndoesOnce { get; init; } = true;

    /// <summary>Whether the sagas that are to be finished are found in the database.</summary>
    public bool KeepsSagas { get; init; } = true;

    /// <summary>Whether an order has the id that its client gave it.</summary>
    public bool ClientsNameOrders { get; init; } = true;

    /// <summary>Whether what is to be told of a change is kept with it until it is told.</summary>
    public bool KeepsTellings { get; init; } = true;
}
