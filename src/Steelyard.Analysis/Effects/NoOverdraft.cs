using Steelyard.Analysis.Shapes;
using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Effects;

/// <summary>
/// No account ever pays more than it has. Broken by a balance below zero in a read, and already by the
/// acknowledgements alone: when the acknowledged transfers out of an account exceed all it can have had by
/// then. The latter is the double spend: the same money paid out twice.
/// </summary>
/// <param name="opening">What each account holds at the start, in cents.</param>
public sealed class NoOverdraft(IReadOnlyDictionary<long, long> opening) : IChecker
{
    /// <inheritdoc/>
    public string Name => "no-overdraft";

    /// <inheritdoc/>
    public string Sentence => "No account goes below zero";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        MoneyShapes.All.MustFit(history);
        var reads = 0;
        var anomalies = new List<Anomaly>();
        foreach (var operation in history.Operations)
        {
            var balances = TotalConserved.BalancesIn(operation);
            if (balances.Kind != ValueKind.Map)
                continue;
            reads++;
            if (anomalies.Count < MostAnomalies)
                AddOverdrawn(anomalies, operation, balances);
        }

        if (new DoubleSpend(history, opening).Find() is { } spend)
            anomalies.Insert(0, spend);
        return anomalies.Count > 0 ? Verdict.Broken(Name, anomalies) : Holds(history, reads);
    }

    static void AddOverdrawn(List<Anomaly> anomalies, Operation operation, Value balances)
    {
        foreach (var (account, cents) in balances.AsMap)
            if (cents.IsInteger && cents.AsInteger < 0)
                anomalies.Add(new(
                    "overdraft",
                    $"process {operation.ProcessName} read {Money(cents.AsInteger)} on account {account}",
                    [operation.Index]));
    }

    Verdict Holds(History history, int reads)
    {
        var paid = 0;
        var refused = 0;
        foreach (var operation in history.Operations)
            if (operation.Function == Functions.Transfer && operation.Outcome == Outcome.Ok)
                _ = operation.Output == Value.Of(false) ? refused++ : paid++;
        if (reads + paid == 0)
            return Verdict.Undecided(Name, "no balances were read and no transfer was acknowledged");
        return Verdict.Holds(
            Name,
            $"no account was ever overdrawn: {Count(paid, "transfer")} paid, {refused:N0} refused for"
            + $" want of funds, {Count(reads, "read")} of balances without a negative one");
    }
}
