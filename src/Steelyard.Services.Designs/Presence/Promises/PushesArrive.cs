using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.Presence.Api;

namespace Steelyard.Services.Designs.Presence.Promises;

/// <summary>
/// Who is connected knows of his friends: what was pushed to him, or made good after he came back, is what
/// is so, a bound later, in the calm.
/// </summary>
internal sealed class PushesArrive()
    : ServicePromise("pushes-arrive", "Who is connected knows of his friends what is so")
{
    /// <inheritdoc/>
    public override Verdict Check(History history)
    {
        var stays = Stay.In(history);
        var judge = new Judge(
            FaultFreeTime.Of(history), stays,
            stays.ToDictionary(user => user.Key, user => Stay.Absences(user).ToList()));
        var all = stays.SelectMany(user => user).ToList();
        if (!all.Exists(judge.Judges))
            return Undecided("nobody was connected in the calm");
        var anomalies = all.SelectMany(judge.Wrong);
        return BrokenBy(anomalies) ?? Holds(
            $"{all.Sum(stay => stay.Seen.Count):N0} changes told in {all.Count:N0} stays agree"
                    + " with who came and went");
    }

    sealed record Judge(
        FaultFreeTime Calm, ILookup<int, Stay> Stays, Dictionary<int, List<(
            long FromNs, long ToNs)>> Absences)
    {
        public bool Judges(Stay watcher) => watcher.Spans
            .Any(span => IsInTheCalm((span.FromNs + Bounds.Seen.Ns(), span.HeardNs), Bounds.Recovery));

        public IEnumerable<Anomaly> Wrong(Stay watcher)
        {
            // Friends of whom nothing was ever told are those who were never there, or whom he was not told
            // of; either way he takes them for offline.
            var users = (int)watcher.Operation.Input["users"].AsInteger;
            foreach (var friend in Friends.Of(watcher.User, users))
                foreach (var view in Views(watcher, friend))
                    foreach (var (span, truth) in Contradictions(watcher, friend, view))
                        if (IsInTheCalm(span, view.Online ? Bounds.Gone : Bounds.Recovery))
                            yield return Describe(watcher, friend, view.Online, truth);
        }

        IEnumerable<((long FromNs, long ToNs) Span, Stay? Truth)> Contradictions(
            Stay watcher, int friend, (long FromNs, long ToNs, bool Online) view)
        {
            var told = watcher.Spans.Select(span => (
                Math.Max(view.FromNs, span.FromNs + Bounds.Seen.Ns()), Math.Min(view.ToNs, span.HeardNs)))
                .ToList();
            return view.Online
                ? from span in told
                  from absence in Absences.GetValueOrDefault(friend, [])
                  let both = Both(span, (absence.FromNs + Bounds.Gone.Ns(), absence.ToNs))
                  where both.ToNs > both.FromNs
                  select (both, (Stay?)null)
                : from span in told
                  from stay in Stays[friend]
                  from there in stay.Spans
                  let both = Both(span, (there.FromNs + Bounds.Seen.Ns(), there.HeardNs))
                  where both.ToNs > both.FromNs
                  select (both, stay);
        }

        bool IsInTheCalm((long FromNs, long ToNs) span, TimeSpan after) =>
            Calm.Parts(span.FromNs, span.ToNs, after.Ns()).Any();

        // What a watcher took a friend for, from change to change.
        static IEnumerable<(long FromNs, long ToNs, bool Online)> Views(Stay watcher, int friend)
        {
            var (from, online) = (watcher.FromNs, false);
            foreach (var seen in watcher.Seen.Where(seen => seen.Friend == friend))
            {
                yield return (from, seen.AtNs, online);
                (from, online) = (seen.AtNs, seen.Online);
            }

            yield return (from, watcher.ToNs, online);
        }

        static (long FromNs, long ToNs) Both((long FromNs, long ToNs) a, (long FromNs, long ToNs) b) =>
            (Math.Max(a.FromNs, b.FromNs), Math.Min(a.ToNs, b.ToNs));

        static Anomaly Describe(Stay watcher, int friend, bool online, Stay? truth) => new(
            "missed-push",
            $"user {watcher.User} is connected and takes user {friend} for {(online ? "online" : "offline")},"
            + $" though he has long been {(online ? "gone" : "connected")}",
            truth is null ? [watcher.Operation.Index] : [watcher.Operation.Index, truth.Operation.Index]);
    }
}
