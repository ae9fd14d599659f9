using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Effects;

/// <summary>
/// Every acknowledged operation took effect exactly once at every replica, every refused one never, none
/// twice. Effects are what <see cref="Functions.ReplicaState"/> lists under <c>applied</c>: ids in order of
/// application, with repeats; or operations <see cref="Functions.Effect"/>, each an effect that was seen. An
/// operation of unknown outcome may have taken effect once or not at all. Attempts with one id are one
/// operation.
/// </summary>
/// <param name="function">The operations whose effects are counted; their input's <c>id</c> names the effect.
/// An Ok with the output false was refused and must have no effect. Null counts those of all operations with
/// an id.</param>
public sealed class ExactlyOnce(string? function = Functions.Transfer) : IChecker
{
    const string Lost = "lost-effect";

    /// <inheritdoc/>
    public string Name => "exactly-once";

    /// <inheritdoc/>
    public string Sentence => "Every effect happens exactly once, retries included";

    string Noun => function ?? "operation";

    enum Promise
    {
        Never,
        AtMostOnce,
        Once,
    }

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var effects = Effects(history);
        var places = EffectPlace.Of(
            history, id => effects.TryGetValue(id, out var effect) ? effect.Operation.Function : null);
        if (places.Count == 0)
            return Verdict.Undecided(
                Name, "no effect was seen, and no replica told after the heal what it had applied");
        var anomalies = new List<Anomaly>();
        var doubts = new List<string>();
        foreach (var place in places)
            Judge(place, effects, anomalies, doubts);
        if (anomalies.Count > 0)
            return Broken(anomalies);
        var once = effects.Values.Count(e => e.Promise == Promise.Once);
        if (once == 0)
            return Verdict.Undecided(Name, $"no {Noun} was acknowledged");
        if (doubts.Count > 0)
            return Verdict.Undecided(
                Name, doubts[0] + (doubts.Count == 1 ? ""
                    : $" (and {Count(doubts.Count - 1, "more doubt")})"));
        return Holds(effects, places, once);
    }

    Verdict Holds(OrderedDictionary<Value, Effect> effects, List<EffectPlace> places, int once)
    {
        var unknown = effects.Values.Count(e => e.Promise == Promise.AtMostOnce);
        var where = places.Exists(place => place.IsReplica)
            ? $" at each of {Count(places.Count, "replica")}"
            : $" ({string.Join(", ", places.Select(place => place.Name.Trim('(', ')')))})";
        return Verdict.Holds(
            Name,
            $"each of {Count(once, "acknowledged " + Noun)} took effect exactly once{where}; refused ones"
            + $" never, {unknown:N0} of unknown outcome at most once");
    }

    Verdict Broken(List<Anomaly> anomalies)
    {
        var verdict = Verdict.Broken(
            Name, [.. anomalies.OrderBy(a => a.Type == Lost).Take(MostAnomalies)]);
        var twice = anomalies.Count(anomaly => anomaly.Type == "applied-twice");
        return twice < 2
            ? verdict
            : verdict with
            {
                Summary = $"{verdict.Summary} (in all {twice:N0} effects were applied more than once)",
            };
    }

    OrderedDictionary<Value, Effect> Effects(History history)
    {
        var effects = new OrderedDictionary<Value, Effect>();
        foreach (var operation in history.Operations)
        {
            if (function is null ? !HasId(operation) : operation.Function != function)
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

    static bool HasId(Operation operation) =>
        operation.Function is not (Functions.ReplicaState or Functions.Effect)
        && operation.Input.Kind == ValueKind.Map && !operation.Input["id"].IsNil;

    // What only may have happened is no anomaly, and nothing to call kept either.
    static void Judge(
        EffectPlace place, OrderedDictionary<Value, Effect> effects, List<Anomaly> anomalies,
            List<string> doubts)
    {
        if (place.Nameless > 0)
            doubts.Add($"of {Count(place.Nameless, "effect")} {place.Name} nobody knows whose {(
                place.Nameless == 1 ? "it is" : "they are")}, or whether there are more");
        foreach (var (id, count) in place.Sure.All)
            if (!effects.TryGetValue(id, out var effect))
                Unasked(place, id, anomalies, doubts);
            else if (count > 1)
                anomalies.Add(effect.Broken(
                    "applied-twice", $"took effect {Times(count)} {place.Name}", place.Sure.Of(id)));
            else if (effect.Promise == Promise.Never)
                anomalies.Add(effect.Broken(
                    "applied-after-refusal", $"was refused, yet took effect {place.Name}",
                        place.Sure.Of(id)));
        foreach (var (id, count) in place.Perhaps.All)
            if (effects.TryGetValue(id, out var effect)
                && place.Count(id) + count > (effect.Promise == Promise.Never ? 0 : 1))
                doubts.Add($"{effect.Operation.Function} {id} may have taken effect {place.Name} "
                    + (effect.Promise == Promise.Never ? "though it was refused" : "more than once"));
        foreach (var (id, effect) in effects)
            if (effect.Promise == Promise.Once && place.IsOf(effect.Operation.Function)
                && place.Count(id) == 0)
                Missing(place, effect, id, anomalies, doubts);
    }

    // A replica tells all it applied; what was seen by chance may be of a request that nobody recorded.
    static void Unasked(
        EffectPlace place, Value id, List<Anomaly> anomalies, List<string> doubts)
    {
        if (place.IsReplica)
            anomalies.Add(new(
                "effect-from-nowhere", $"{place.Name["at ".Length..]} applied {id}, unasked for",
                    place.Witness));
        else
            doubts.Add($"{id} took effect {place.Name}, and no operation with this id was recorded");
    }

    static void Missing(
        EffectPlace place, Effect effect, Value id, List<Anomaly> anomalies, List<string> doubts)
    {
        if (place.PerhapsCount(id) > 0 || place.Nameless > 0)
            doubts.Add($"{effect.Operation.Function} {id} was acknowledged, and whether it took effect"
                + $" {place.Name} cannot be seen");
        else
            anomalies.Add(effect.Broken(
                Lost, $"was acknowledged, yet never took effect {place.Name}", place.Witness));
    }

    /// <summary>How often, in words.</summary>
    internal static string Times(int count) => count == 2 ? "twice" : $"{count} times";

    readonly record struct Effect(Operation Operation, Promise Promise)
    {
        public Anomaly Broken(string type, string what, IEnumerable<int> seen)
        {
            var input = Operation.Input;
            var amount = Field(input, "amount", Value.Nil);
            var money = amount.IsInteger
                ? $" ({Money(amount.AsInteger)} from account {input["from"]} to account {input["to"]})"
                : "";
            return new(
                type, $"{Operation.Function} {IdOf(Operation)}{money} {what}",
                [Operation.Index, .. seen.Distinct()]);
        }
    }
}
