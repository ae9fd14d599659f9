using System.Globalization;
using Steelyard.Histories;
using Steelyard.Live.Workloads;

namespace Steelyard.Live.Sql;

/// <summary>Transactions that read registers and write numbers to them (Jepsen's <c>rw-register</c>).
/// </summary>
internal sealed class RegisterTransactions() : TransactionWorkload("w", mostChanges: 32)
{
    /// <inheritdoc/>
    protected override Value Name(long key) => "r" + key.ToString(CultureInfo.InvariantCulture);
}
