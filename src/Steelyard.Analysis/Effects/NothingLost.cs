using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Effects;

/// <summary>
/// Whatever was taken on is done in the end, at least once: what a queue, an outbox or a background job
/// promises. At the end a place tells what was done, under <c>applied</c>
/// (<see cref="Functions.ReplicaState"/>); done twice is not lost, and <see cref="ExactlyOnce"/> judges it.
/// </summary>
/// <param name="function">The operations; their input's <c>id</c> names what was done.</param>
public sealed class NothingLost(string function) : IChecker
{
    /// <inheritdoc/>
    public string Name => "nothing-lost";

    /// <inheritdoc/>
    public string Sentence => "Nothing that was taken on is lost";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var places = EffectPlace.Of(history, _ => null);
        if (places.Count == 0)
            return Verdict.Undecided(Name, "nobody told at the end what was done");
        var taken = history.Operations.Where(operation => operation.Function == function
            && operation.Outcome == Outcome.Ok && operation.Output != Value.Of(false)).ToList();
        if (taken.Count == 0)
            return Verdict.Undecided(Name, $"no {function} was acknowledged");
        var lost = taken.Where(one => !places.Exists(place => place.Count(IdOf(one)) > 0)).ToList();
        return lost.Count > 0
            ? Verdict.Broken(
                Name, [.. lost.Take(MostAnomalies).Select(one => Describe(one, lost.Count, places))])
            : Verdict.Holds(Name, $"each of {Count(taken.Count, "acknowledged " + function)} was done");
    }

    static Anomaly Describe(Operation one, int lost, List<EffectPlace> places) => new(
        "lost-effect",
        $"{one.Function} {IdOf(one)} was acknowledged, and is not done in the end ({lost:N0} lost)",
        [one.Index, .. places.SelectMany(place => place.Witness).Distinct()]);
}
