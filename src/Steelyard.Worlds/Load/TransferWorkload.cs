using System.Globalization;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Load;

/// <summary>
/// Transfers between random accounts, three of four turns, and reads of all balances. Amounts are a good part
/// of what an account holds, so that funds run short and the order of transfers matters.
/// </summary>
/// <param name="accounts">How many accounts there are, numbered from 1; at least 2.</param>
public sealed class TransferWorkload(int accounts) : IWorkload
{
    /// <summary>How many accounts a bank has where nobody says otherwise.</summary>
    public const int UsualAccounts = 8;

    /// <summary>What each account holds at first, in cents.</summary>
    public const long OpeningCents = 100_00;

    const int LeastCents = 5_00;
    const int MostCents = 75_00;

    int _transfers;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn)
    {
        if (turn.Random.Next(4) == 0)
            return new(Functions.Balances, Value.Nil, Value.Nil);
        var from = 1 + turn.Random.Next(accounts);
        var to = 1 + ((from + turn.Random.Next(accounts - 1)) % accounts);
        var id = "t" + (++_transfers).ToString(CultureInfo.InvariantCulture);
        return new(Functions.Transfer, Value.Nil, Value.Map(
            ("id", id), ("from", from), ("to", to), ("amount", turn.Random.Next(LeastCents, MostCents + 1))));
    }

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn)
    {
        yield return new(Functions.Balances, Value.Nil, Value.Nil);
    }
}
