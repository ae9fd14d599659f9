using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Effects;

/// <summary>
/// What takes several steps at several places is in the end done at all of them or at none: whoever could not
/// finish it took back what was done. The places tell at the end what stands there, under <c>applied</c>
/// (<see cref="Functions.ReplicaState"/>). What was acknowledged is done; what was refused is not.
/// </summary>
/// <param name="function">The operations; their input's <c>id</c> names what stands.</param>
public sealed class CompensatedOrDone(string function) : IChecker
{
    /// <inheritdoc/>
    public string Name => "compensated-or-done";

    /// <inheritdoc/>
    public string Sentence => "Everything is in the end done at all places or at none";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var places = EffectPlace.Of(history, _ => null).Where(place => place.IsReplica).ToList();
        if (places.Count < 2)
            return Verdict.Undecided(
                Name, $"expected two places that tell at the end what stands there, found {places.Count}");
        var asked = history.Operations.Where(operation => operation.Function == function).ToList();
        if (!asked.Exists(operation => operation.Outcome == Outcome.Ok))
            return Verdict.Undecided(Name, $"no {function} was acknowledged");
        Anomaly[] found =
        [
            .. asked.Select(operation => Judge(operation, places)).OfType<Anomaly>()
                .Concat(Strays(asked, places)).Take(MostAnomalies),
        ];
        return found.Length > 0
            ? Verdict.Broken(Name, found)
            : Verdict.Holds(
                Name, $"each of {Count(asked.Count, function)} is done at all of {places.Count} places or at"
                + " none");
    }

    static Anomaly? Judge(Operation asked, List<EffectPlace> places)
    {
        var (there, missing) = (places.Where(Has).ToList(), places.Where(place => !Has(place)).ToList());
        var isRefused = asked.Outcome == Outcome.Fail || asked.Output == Value.Of(false);
        if (there.Count > 0 && missing.Count > 0)
            return Of(
                "half-done", $"stands {Names(there)}, and not {Names(missing)}, in the end");
        if (there.Count > 0 && isRefused)
            return Of("applied-after-refusal", $"was refused, and stands {Names(there)} in the end");
        return missing.Count > 0 && asked.Outcome == Outcome.Ok && !isRefused
            ? Of("lost-effect", $"was acknowledged, and stands nowhere in the end")
            : null;

        bool Has(EffectPlace place) => place.Count(IdOf(asked)) > 0;

        Anomaly Of(string type, string what) => new(
            type, $"{asked.Function} {IdOf(asked)} {what}",
            [asked.Index, .. places.SelectMany(place => place.Witness).Distinct()]);
    }

    static IEnumerable<Anomaly> Strays(List<Operation> asked, List<EffectPlace> places)
    {
        var known = asked.Select(IdOf).ToHashSet();
        var strays = new SortedSet<Value>(
            places.SelectMany(place => place.Sure.All.Select(seen => seen.Id))
                .Where(id => !known.Contains(id)));
        return strays.Where(id => places.Exists(place => place.Count(id) == 0)).Select(id => new Anomaly(
            "half-done", $"{id} stands {Names(places.Where(place => place.Count(id) > 0))} in the end, and"
            + " nobody asked for it", [.. places.SelectMany(place => place.Witness).Distinct()]));
    }

    static string Names(IEnumerable<EffectPlace> places) =>
        string.Join(" and ", places.Select(place => place.Name));
}
