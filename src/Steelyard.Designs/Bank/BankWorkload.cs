using System.Globalization;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Designs.Bank;

/// <summary>
/// Transfers between random accounts, three of four turns, and reads of all balances. Amounts are a good part
/// of what an account holds, so that funds run short and the order of transfers matters.
/// </summary>
/// <param name="accounts">How many accounts; they are numbered from 1.</param>
/// <param name="replicas">The names of the servers, in order.</param>
/// <param name="clients">How many clients share the final reads of replicas.</param>
sealed class BankWorkload(int accounts, IReadOnlyList<string> replicas, int clients) : IWorkload
{
    const int LeastCents = 500;
    const int MostCents = 7500;

    int _transfers;

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

    public IEnumerable<Invocation> FinalReads(Turn turn)
    {
        yield return new(Functions.Balances, Value.Nil, Value.Nil);
        for (var i = turn.Client; i < replicas.Count; i += clients)
            yield return new(Functions.ReplicaState, replicas[i], Value.Nil, turn.Nodes[i]);
    }
}
