using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Presence.Promises;

/// <summary>Who is gone, with a word or without, is seen offline within a bound, in the calm.</summary>
internal sealed class SeenOffline()
    : ServicePromise("seen-offline", "Who is gone is seen offline within a bound")
{
    /// <inheritdoc/>
    public override Verdict Check(History history)
    {
        var (calm, stays) = (FaultFreeTime.Of(history), Stay.In(history));
        var absences = stays.ToDictionary(user => user.Key, user => Stay.Absences(user).ToList());
        var looks = Looks.In(history)
            .Where(look => calm.Lasts(look.InvokedNs - Bounds.Gone.Ns(), look.CompletedNs)).ToList();
        if (looks.Count == 0)
            return Undecided("nobody looked in the calm");
        var anomalies = looks
            .SelectMany(look => Lingering(look, absences, stays));
        return BrokenBy(anomalies) ?? Holds(
            $"{looks.Count:N0} looks in the calm showed nobody who was gone for"
                    + $" {Bounds.Gone.TotalSeconds:0.#} s");
    }

    static IEnumerable<Anomaly> Lingering(
        Operation look, Dictionary<int, List<(long FromNs, long ToNs)>> absences, ILookup<int, Stay> stays)
    {
        foreach (var user in Looks.Seen(look).Where(absences.ContainsKey))
            foreach (var (fromNs, toNs) in absences[user])
                if (fromNs + Bounds.Gone.Ns() <= look.InvokedNs && look.CompletedNs <= toNs)
                    yield return new(
                        "still-seen",
                        FormattableString.Invariant(
                            $"user {user} was gone for {(look.InvokedNs - fromNs) / 1e9:0.0} s")
                        + " when somebody looked, yet was online",
                        [.. stays[user].Where(stay => stay.ToNs == fromNs)
                            .Select(stay => stay.Operation.Index), look.Index]);
    }
}
