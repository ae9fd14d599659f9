using Steelyard.Analysis.Transactions.Cycles;

namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>Is there an order of transactions that explains the history?</summary>
/// <param name="Anomaly">What it is called where there is none.</param>
/// <param name="IsSnapshot">An order of snapshot isolation; else a serial one.</param>
/// <param name="Order">What the order must respect besides data.</param>
internal sealed record OrderQuestion(string Anomaly, bool IsSnapshot, EdgeKinds Order)
{
    /// <summary>All of them. Where one is answered with yes, so are all that stand after it and are asked
    /// about the same order or less.</summary>
    public static IReadOnlyList<OrderQuestion> All { get; } =
    [
        new("no-serial-order-realtime", false, EdgeKinds.Process | EdgeKinds.Realtime),
        new("no-snapshot-order-realtime", true, EdgeKinds.Process | EdgeKinds.Realtime),
        new("no-serial-order-process", false, EdgeKinds.Process),
        new("no-snapshot-order-process", true, EdgeKinds.Process),
        new("no-serial-order", false, EdgeKinds.None),
        new("no-snapshot-order", true, EdgeKinds.None),
    ];

    /// <summary>True when an order that answers this one answers another as well.</summary>
    public bool Answers(OrderQuestion other) =>
        (other.IsSnapshot || !IsSnapshot) && (other.Order & ~Order) == EdgeKinds.None;
}
