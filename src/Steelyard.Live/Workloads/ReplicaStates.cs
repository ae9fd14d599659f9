using Steelyard.Histories;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Workloads;

/// <summary>What a server holds of the bank and of registers, as <see cref="Functions.ReplicaState"/> tells
/// it: the same words as of the designs' own replicas.</summary>
internal static class ReplicaStates
{
    /// <summary>A state.</summary>
    /// <param name="balances">As <see cref="Functions.Balances"/> gives them.</param>
    /// <param name="applied">The ids of transfers that were done; servers list them in any order.</param>
    /// <param name="registers">Names and values, in any order.</param>
    public static Value Of(
        Value balances, IEnumerable<string> applied, IEnumerable<(string Name, Value Held)> registers) =>
        Value.Map(
            ("balances", balances),
            // Transfers are numbered as they are asked for.
            ("applied", Value.List(
                [.. applied.OrderBy(id => id.Length).ThenBy(id => id, StringComparer.Ordinal)
                    .Select(id => (Value)id)])),
            ("registers", Value.Map(
                [.. registers.Select(register => ((Value)register.Name, register.Held))])));

    /// <summary>Balances of a store that holds only accounts that were changed.</summary>
    /// <param name="changed">The account and its cents.</param>
    public static Value Balances(IReadOnlyDictionary<long, long> changed) => Value.Map(
        [.. Enumerable.Range(1, TransferWorkload.UsualAccounts).Select(account => (
            (Value)(long)account,
            (Value)changed.GetValueOrDefault(account, TransferWorkload.OpeningCents)))]);
}
