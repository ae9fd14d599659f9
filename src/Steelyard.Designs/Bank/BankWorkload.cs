using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Designs.Bank;

/// <summary>Transfers and reads of balances, and at the end the states of all replicas.</summary>
/// <param name="accounts">How many accounts; they are numbered from 1.</param>
/// <param name="replicas">The names of the servers, in order.</param>
/// <param name="clients">How many clients share the final reads of replicas.</param>
sealed class BankWorkload(int accounts, IReadOnlyList<string> replicas, int clients) : IWorkload
{
    readonly TransferWorkload _transfers = new(accounts);

    public Invocation Next(in Turn turn) => _transfers.Next(turn);

    public IEnumerable<Invocation> FinalReads(Turn turn)
    {
        foreach (var read in _transfers.FinalReads(turn))
            yield return read;
        for (var i = turn.Client; i < replicas.Count; i += clients)
            yield return new(Functions.ReplicaState, replicas[i], Value.Nil, turn.Nodes[i]);
    }
}
