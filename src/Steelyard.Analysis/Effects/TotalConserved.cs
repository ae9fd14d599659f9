using Steelyard.Analysis.Shapes;
using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Effects;

/// <summary>
/// Money is neither made nor lost: every <see cref="Functions.Balances"/> read, and the <c>balances</c> of
/// every <see cref="Functions.ReplicaState"/>, add up to the same total.
/// </summary>
/// <param name="totalCents">What all accounts hold together, in cents.</param>
public sealed class TotalConserved(long totalCents) : IChecker
{
    /// <inheritdoc/>
    public string Name => "total-conserved";

    /// <inheritdoc/>
    public string Sentence => "No money appears or disappears";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        MoneyShapes.All.MustFit(history);
        var reads = 0;
        var anomalies = new List<Anomaly>();
        foreach (var operation in history.Operations)
        {
            var balances = BalancesIn(operation);
            if (balances.Kind != ValueKind.Map)
                continue;
            reads++;
            var total = Sum(balances);
            if (total != totalCents && anomalies.Count < MostAnomalies)
                anomalies.Add(new("total-changed", Explain(operation, total), [operation.Index]));
        }

        if (anomalies.Count > 0)
            return Verdict.Broken(Name, anomalies);
        return reads == 0
            ? Verdict.Undecided(Name, "no balances were read")
            : Verdict.Holds(
                Name,
                $"every one of {Count(reads, "read")} of the balances added up to"
                + $" {Money(totalCents)}");
    }

    /// <summary>The map of balances an operation saw, or nil.</summary>
    internal static Value BalancesIn(Operation operation)
    {
        if (operation.Outcome != Outcome.Ok)
            return Value.Nil;
        return operation.Function switch
        {
            Functions.Balances => operation.Output,
            Functions.ReplicaState => Field(operation.Output, "balances", Value.Nil),
            _ => Value.Nil,
        };
    }

    static long Sum(Value balances)
    {
        var total = 0L;
        foreach (var (_, cents) in balances.AsMap)
            total += cents.AsInteger;
        return total;
    }

    string Explain(Operation operation, long total)
    {
        var difference = Money(Math.Abs(total - totalCents));
        return $"process {operation.ProcessName} read balances of {Money(total)} in all where"
            + $" {Money(totalCents)} exist: {difference} {(total < totalCents ? "vanished" : "appeared")}";
    }
}
