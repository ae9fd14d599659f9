using Steelyard.Analysis;
using Steelyard.Analysis.Checkers.Effects;
using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>Recorded banks: transfers, and reads of all balances.</summary>
internal static class BankHistories
{
    public static HistoryModel Model { get; } =
        new("bank", "transfer, and read of all balances", request => Judges(request.Initial, request.History))
        {
            TakesInitial = true,
            InOurWords = RecordedBank.InOurWords,
        };

    /// <summary>
    /// Without its opening balances a bank can be held to its total and to never going negative (Jepsen's
    /// bank test); with them its order can be judged as well.
    /// </summary>
    static IReadOnlyList<IChecker> Judges(Value initial, History history)
    {
        var balances = initial.IsNil ? RecordedBank.FirstBalances(history) : initial;
        // Nobody knows what the accounts held at first, so no sum of payments is too much; a negative balance
        // still is.
        var opening = new SortedDictionary<long, long>();
        if (!balances.IsNil)
            foreach (var (account, cents) in balances.AsMap)
                opening[account.AsInteger] = initial.IsNil ? long.MaxValue / 4 : cents.AsInteger;
        List<IChecker> judges = [new TotalConserved(TotalOf(balances)), new NoOverdraft(opening)];
        if (!initial.IsNil)
            judges.Add(new Linearizable(Models.Bank(initial)));
        return judges;
    }

    static long TotalOf(Value balances)
    {
        var total = 0L;
        if (!balances.IsNil)
            foreach (var (_, cents) in balances.AsMap)
                total += cents.AsInteger;
        return total;
    }
}
