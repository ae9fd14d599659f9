using System.Globalization;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Sql;

/// <summary>Transfers between random accounts of <see cref="SqlTables"/>, three of four turns, and reads of
/// all balances. Amounts are a good part of what an account holds, so that funds run short.</summary>
internal sealed class TransferWorkload : IWorkload
{
    const int LeastCents = 5_00;
    const int MostCents = 75_00;

    int _transfers;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn)
    {
        if (turn.Random.Next(4) == 0)
            return new(Functions.Balances, Value.Nil, Value.Nil);
        var from = 1 + turn.Random.Next(SqlTables.Accounts);
        var to = 1 + ((from + turn.Random.Next(SqlTables.Accounts - 1)) % SqlTables.Accounts);
        return new(Functions.Transfer, Value.Nil, Value.Map(
            ("id", "t" + (++_transfers).ToString(CultureInfo.InvariantCulture)), ("from", from), ("to", to),
            ("amount", turn.Random.Next(LeastCents, MostCents + 1))));
    }

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn)
    {
        yield return new(Functions.Balances, Value.Nil, Value.Nil);
    }
}
