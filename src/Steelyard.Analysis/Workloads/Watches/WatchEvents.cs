using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Workloads.Watches;

/// <summary>
/// Watches of a store in which every change makes a revision, as etcd promises them: events come in the order
/// of revisions, once, all of them from the revision asked for, those of one revision together, none behind a
/// notice of progress, and every watch tells the same.
/// </summary>
/// <remarks>Source: etcd's API guarantees for watches (ordered, unique, reliable, atomic, resumable,
/// bookmarkable), and the validators of its robustness tests.</remarks>
public sealed class WatchEvents : IChecker
{
    /// <summary>The function of a watch: its key, its input {revision, prefix}, its output the list of
    /// responses.</summary>
    public const string Watch = "watch";

    /// <inheritdoc/>
    public string Name => Watch;

    /// <inheritdoc/>
    public string Sentence => "Watches tell every change once and in order";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new WorkloadFindings(Name);
        var watches = history.Operations.Where(one => one.Function == Watch && one.Outcome == Outcome.Ok)
            .Select(WatchStream.Of).ToList();
        var changes = new KnownChanges(history, watches);
        var events = 0;
        foreach (var watch in watches)
        {
            events += watch.Events.Count;
            LookAtOrder(watch, findings);
            foreach (var told in watch.Events)
                Compare(watch, told, changes, findings);
            foreach (var missed in changes.MissedBy(watch))
                findings.Add(
                    "lost-event",
                    () => $"{watch} never told of {missed.Change}, and told what came after",
                    watch.Operation.Index, missed.Operation);
        }

        if (!findings.IsEmpty)
            return findings.Broken();
        return events == 0
            ? Verdict.Undecided(Name, "no watch told of any change")
            : Verdict.Holds(
                Name, $"{Count(events, "event")} in {Count(watches.Count, "watch")}: in order, none twice,"
                    + " none"
                    + " lost");
    }

    static void LookAtOrder(WatchStream watch, WorkloadFindings findings)
    {
        var (last, response, progress) = (0L, -1, 0L);
        var seen = new HashSet<(long, Value)>();
        foreach (var one in watch.Events)
        {
            var (type, what) = one switch
            {
                _ when !watch.Asks(one.Key) => ("unasked-event", "of a key it was not asked for"),
                _ when one.Revision < watch.From => ("early-event", $"below the revision {watch.From} it was"
                    + " asked for"),
                _ when !seen.Add((one.Revision, one.Key)) => ("duplicated-event", "twice"),
                _ when one.Revision < last => ("disordered-event", $"after it had told of revision {last}"),
                _ when one.Revision == last && one.Response != response =>
                    ("split-event", "apart from the others of its revision"),
                _ when one.Revision <= one.Progress && (progress = one.Progress) > 0 =>
                    ("late-event", $"after it had said that all up to revision {one.Progress} was told"),
                _ => ("", ""),
            };
            if (type.Length > 0)
                findings.Add(type, () => $"{watch} told of {one} {what}", watch.Operation.Index);
            (last, response) = (Math.Max(last, one.Revision), one.Response);
        }
    }

    static void Compare(
        WatchStream watch, WatchedChange told, KnownChanges changes, WorkloadFindings findings)
    {
        if (changes.Of(told) is { } known && !known.Change.IsSame(told))
            findings.Add(
                "contradicted-event", () => $"{watch} told of {told}, which was {known.Change}",
                watch.Operation.Index, known.Operation);
    }
}
