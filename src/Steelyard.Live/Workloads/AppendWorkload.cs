using Steelyard.Histories;

namespace Steelyard.Live.Workloads;

/// <summary>Transactions that read lists and append numbers to them (Jepsen's <c>append</c>).</summary>
internal sealed class AppendWorkload() : TransactionWorkload("append", mostChanges: 48)
{
    /// <inheritdoc/>
    protected override Value Name(long key) => key;
}
