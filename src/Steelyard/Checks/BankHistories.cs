using Steelyard.Analysis.Effects;
using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Workloads.Banks;
using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>Recorded banks: transfers, and reads of all balances.</summary>
internal static class BankHistories
{
    public static HistoryModel Model { get; } =
        new("bank", "transfer, and read of all balances", request => Judges(request.Initial))
        {
            TakesInitial = true,
            InOurWords = RecordedBank.InOurWords,
        };

    /// <summary>
    /// Without its opening balances a bank can be held to its accounts, its total and to never going negative
    /// (Jepsen's bank test); with them its payments and its order can be judged as well.
    /// </summary>
    static IReadOnlyList<IChecker> Judges(Value initial)
    {
        if (initial.IsNil)
            return [new BankSnapshots(initial)];
        var opening = new SortedDictionary<long, long>();
        foreach (var (account, cents) in initial.AsMap)
        {
            if (!account.IsInteger || !cents.IsInteger)
                throw new UserMistakeException(
                    $"--initial: expected a map from account to cents, both whole numbers, found {initial}");
            opening[account.AsInteger] = cents.AsInteger;
        }

        return
        [
            new BankSnapshots(initial), new NoOverdraft(opening), new Linearizable(KnownModels.Bank(initial)),
        ];
    }
}
