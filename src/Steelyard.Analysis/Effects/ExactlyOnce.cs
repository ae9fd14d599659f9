using Steelyard.Analysis.Shapes;
using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Effects;

/// <summary>
/// Every acknowledged operation took effect exactly once at every replica, every refused one never, none
/// twice. Effects are what <see cref="Functions.ReplicaState"/> lists under <c>applied</c>: ids in order of
/// application, with repeats. An operation of unknown outcome may have taken effect once or not at all.
/// Attempts with one id are one operation.
/// </summary>
/// <param name="function">The operations whose effects are counted; their input's <c>id</c> names the effect.
/// An Ok with the output false was refused and must have no effect.</param>
public sealed class ExactlyOnce(string function = Functions.Transfer) : IChecker
{
    /// <inheritdoc/>
    public string Name => "exactly-once";

    /// <inheritdoc/>
    public string Sentence => "Every effect happens exactly once, retries included";

    enum Promise
    {
        Never,
        AtMostOnce,
        Once,
    }

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var states = ReplicaStates(history);
        if (states.Count == 0)
            return Verdict.Undecided(Name, "no replica told after the heal what it had applied");
        var effects = Effects(history);
        var anomalies = new List<Anomaly>();
        foreach (var state in states)
            Judge(state, effects, anomalies);
        if (anomalies.Count > 0)
            return Broken(anomalies);
        var once = effects.Values.Count(e => e.Promise == Promise.Once);
        if (once == 0)
            return Verdict.Undecided(Name, $"no {function} was acknowledged");
        var unknown = effects.Values.Count(e => e.Promise == Promise.AtMostOnce);
        return Verdict.Holds(
            Name,
            $"each of {Count(once, "acknowledged " + function)} took effect exactly once at each of"
            + $" {Count(states.Count, "replica")}; refused ones never, {unknown:N0} of unknown"
            + " outcome at most once");
    }

    Verdict Broken(List<Anomaly> anomalies)
    {
        var verdict = Verdict.Broken(
            Name, [.. anomalies.OrderBy(a => a.Type == "lost-effect").Take(MostAnomalies)]);
        var twice = anomalies.Count(anomaly => anomaly.Type == "applied-twice");
        return twice < 2
            ? verdict
            : verdict with
            {
                Summary = $"{verdict.Summary} (in all {twice:N0} effects were applied more than once)",
            };
    }

    SortedDictionary<Value, Effect> Effects(History history)
    {
        var effects = new SortedDictionary<Value, Effect>();
        foreach (var operation in history.Operations)
        {
            if (operation.Function != function)
                continue;
            var id = IdOf(operation);
            var promise = operation.Outcome switch
            {
                Outcome.Ok => operation.Output == Value.Of(false) ? Promise.Never : Promise.Once,
                Outcome.Fail => Promise.Never,
                _ => Promise.AtMostOnce,
            };
            effects[id] = effects.TryGetValue(id, out var known) && known.Promise >= promise
                ? known
                : new(operation, promise);
        }

        return effects;
    }

    static void Judge(Operation state, SortedDictionary<Value, Effect> effects, List<Anomaly> anomalies)
    {
        var name = ReplicaName(state);
        var counts = new SortedDictionary<Value, int>();
        var applied = Field(state.Output, "applied", Value.EmptyList);
        if (applied.Kind != ValueKind.List)
            throw OperationShapes.Mistake(
                state, isCompletion: true,
                $"expected a list of ids as applied, found {OperationShapes.Shortened(applied.ToString())}");
        foreach (var id in applied.AsList)
            counts[id] = counts.GetValueOrDefault(id) + 1;
        foreach (var (id, count) in counts)
            if (!effects.TryGetValue(id, out var effect))
                anomalies.Add(new("effect-from-nowhere", $"{name} applied {id}, unasked for", [state.Index]));
            else if (count > 1)
                anomalies.Add(effect.Broken("applied-twice", $"took effect {Times(count)} at {name}", state));
            else if (effect.Promise == Promise.Never)
                anomalies.Add(effect.Broken(
                    "applied-after-refusal", $"was refused, yet took effect at {name}", state));
        foreach (var (id, effect) in effects)
            if (effect.Promise == Promise.Once && !counts.ContainsKey(id))
                anomalies.Add(effect.Broken(
                    "lost-effect", $"was acknowledged, yet never took effect at {name}", state));
    }

    /// <summary>How often, in words.</summary>
    internal static string Times(int count) => count == 2 ? "twice" : $"{count} times";

    readonly record struct Effect(Operation Operation, Promise Promise)
    {
        public Anomaly Broken(string type, string what, Operation state)
        {
            var input = Operation.Input;
            var amount = Field(input, "amount", Value.Nil);
            var money = amount.IsInteger
                ? $" ({Money(amount.AsInteger)} from account {input["from"]} to account {input["to"]})"
                : "";
            return new(
                type, $"{Operation.Function} {IdOf(Operation)}{money} {what}",
                [Operation.Index, state.Index]);
        }
    }
}
