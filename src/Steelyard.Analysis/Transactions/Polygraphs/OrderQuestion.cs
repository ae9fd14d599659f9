using Steelyard.Analysis.Transactions.Cycles;

namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>What an order of transactions must be to explain a history; strong ones first.</summary>
internal enum OrderKind
{
    /// <summary>One after another.</summary>
    Serial,

    /// <summary>Each reads what had committed when it began, and of two that write a key one began after the
    /// other had committed (Cerone and Gotsman 2016).</summary>
    Snapshot,

    /// <summary>Each reads what had committed at some moment (Cerone, Gotsman and Yang 2017).</summary>
    Prefix,
}

/// <summary>Is there an order of transactions that explains the history?</summary>
/// <param name="Anomaly">What it is called where there is none.</param>
/// <param name="Model">The model that holds where there is one.</param>
/// <param name="Kind">What the order must be.</param>
/// <param name="Order">What the order must respect besides data.</param>
internal sealed record OrderQuestion(string Anomaly, string Model, OrderKind Kind, EdgeKinds Order)
{
    /// <summary>All of them. Where one is answered with yes, so are all that stand after it and are asked
    /// about the same order or less.</summary>
    public static IReadOnlyList<OrderQuestion> All { get; } =
    [
        new("no-serial-order-realtime", "strict-serializable", OrderKind.Serial,
            EdgeKinds.Process | EdgeKinds.Realtime),
        new("no-snapshot-order-realtime", "strong-snapshot-isolation", OrderKind.Snapshot,
            EdgeKinds.Process | EdgeKinds.Realtime),
        new("no-serial-order-process", "strong-session-serializable", OrderKind.Serial, EdgeKinds.Process),
        new("no-snapshot-order-process", "strong-session-snapshot-isolation", OrderKind.Snapshot,
            EdgeKinds.Process),
        new("no-serial-order", "serializable", OrderKind.Serial, EdgeKinds.None),
        new("no-snapshot-order", "snapshot-isolation", OrderKind.Snapshot, EdgeKinds.None),
        new("no-prefix-order-process", "prefix", OrderKind.Prefix, EdgeKinds.Process),
        new("no-prefix-order", "prefix", OrderKind.Prefix, EdgeKinds.None),
    ];

    /// <summary>True when an order that answers this one answers another as well.</summary>
    public bool Answers(OrderQuestion other) =>
        other.Kind >= Kind && (other.Order & ~Order) == EdgeKinds.None;

    /// <summary>What is found where sessions are all the order there is, is found of them; only there the
    /// order of a process matters to what a prefix is.</summary>
    public bool IsAskedOf(bool tellsRealTime) =>
        Kind != OrderKind.Prefix || tellsRealTime == (Order == EdgeKinds.None);

    /// <summary>True when an order found shows that <see cref="Model"/> holds.</summary>
    public bool Decides(bool tellsRealTime) => tellsRealTime || Order != EdgeKinds.None;
}
