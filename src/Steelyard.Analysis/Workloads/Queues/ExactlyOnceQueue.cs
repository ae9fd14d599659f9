using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Queues;

/// <summary>
/// What goes in comes out, exactly once: every element that came out has an enqueue of its own that had begun
/// before and did not fail, and every acknowledged enqueue has an element that came out. Those of unknown
/// outcome may have one or not. In which order is not asked.
/// </summary>
/// <remarks>
/// What never came out is lost if the queue was found empty by a drain, or by a take that got nothing, that
/// began after the enqueue had ended; otherwise it may still be there. A take of unknown outcome may have
/// taken one element that nobody saw, a drain any number. Each element that came out is given one of the
/// enqueues that had begun by then, one that must come out before others: the later it came out the more of
/// them there are, so no other choice leaves fewer that must and did not.
/// </remarks>
public sealed class ExactlyOnceQueue : IChecker
{
    /// <inheritdoc/>
    public string Name => "exactly-once-queue";

    /// <inheritdoc/>
    public string Sentence => "What goes in comes out, exactly once";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new WorkloadFindings(Name);
        var tally = new Tally();
        foreach (var queue in QueueEvents.Of(history))
            Judge(queue, findings, tally);
        return findings.IsEmpty ? Held(tally) : findings.Broken();
    }

    Verdict Held(Tally tally)
    {
        if (tally.Acknowledged + tally.Taken == 0)
            return Verdict.Undecided(Name, "no enqueue was acknowledged, and nothing came out");
        if (tally.Excused > 0)
            return Verdict.Undecided(
                Name, $"{Count(tally.Excused, "acknowledged element")} never came out, yet takes of unknown"
                    + " outcome may have had them");
        return tally.Remaining > 0
            ? Verdict.Undecided(
                Name, $"{Count(tally.Remaining, "acknowledged element")} had not come out by the end, and"
                    + " nothing shows that the queue was empty then (end with a drain)")
            : Verdict.Holds(
                Name, $"{Count(tally.Taken, "element")} came out, each of an enqueue of its own, and all"
                    + $" {Count(tally.Acknowledged, "acknowledged enqueue")} are among them");
    }

    static void Judge(QueueEvents queue, WorkloadFindings findings, Tally tally)
    {
        var elements = new Dictionary<Value, Sources>();
        var next = 0;
        foreach (var (taker, element) in queue.Taken)
        {
            for (; next < queue.Enqueues.Count && queue.Enqueues[next].InvokedAt < taker.CompletedAt; next++)
                Offer(elements, queue, queue.Enqueues[next]);
            var sources = SourcesOf(elements, element);
            sources.Taken.Add(taker.Index);
            if (!sources.TryTake())
                QueueFindings.Add(findings, taker, element, sources.Enqueued, sources.Taken);
        }

        for (; next < queue.Enqueues.Count; next++)
            Offer(elements, queue, queue.Enqueues[next]);
        tally.Taken += queue.Taken.Count;
        tally.Acknowledged += queue.Enqueues.Count(enqueue => enqueue.Outcome == Outcome.Ok);
        tally.Remaining += elements.Values.Sum(sources => sources.MayRemain.Count);
        AddMissing(queue, [.. elements.Values.Where(sources => sources.Must.Count > 0)], findings, tally);
    }

    static void AddMissing(
        QueueEvents queue, List<Sources> missing, WorkloadFindings findings, Tally tally)
    {
        var count = missing.Sum(sources => sources.Must.Count);
        if (queue.UnknownDrains > 0 || count <= queue.UnknownDequeues)
        {
            tally.Excused += count;
            return;
        }

        var excuse = queue.UnknownDequeues == 0
            ? ""
            : $" ({Count(queue.UnknownDequeues, "dequeue")} of unknown outcome cannot explain all that is"
                + " missing)";
        var empty = queue.FoundEmpty!.Value;
        foreach (var sources in missing)
            foreach (var enqueue in sources.Must)
                findings.Add(
                    "lost",
                    () => $"{enqueue.Input}{OfKey(enqueue)} was enqueued by process {enqueue.ProcessName} and"
                        + $" never came out{OfOthers(sources)}, though process {empty.ProcessName} found the"
                        + $" queue empty later{excuse}",
                    [.. sources.Acknowledged, .. sources.Taken, empty.Index]);
    }

    static string OfOthers(Sources sources) => sources.Taken.Count == 0
        ? ""
        : $" (of {sources.Acknowledged.Count:N0} alike {sources.Taken.Count:N0} did)";

    static void Offer(Dictionary<Value, Sources> elements, QueueEvents queue, Operation enqueue)
    {
        if (!enqueue.MayHaveHappened)
            return;
        var sources = SourcesOf(elements, enqueue.Input);
        sources.Enqueued.Add(enqueue.Index);
        if (enqueue.Outcome == Outcome.Ok)
            sources.Acknowledged.Add(enqueue.Index);
        if (enqueue.Outcome != Outcome.Ok)
            sources.Unknown++;
        else if (queue.FoundEmpty is { } empty && empty.InvokedAt > enqueue.CompletedAt)
            sources.Must.Enqueue(enqueue);
        else
            sources.MayRemain.Enqueue(enqueue);
    }

    static Sources SourcesOf(Dictionary<Value, Sources> elements, Value element)
    {
        if (!elements.TryGetValue(element, out var sources))
            elements.Add(element, sources = new());
        return sources;
    }

    /// <summary>The enqueues of one element that nothing which came out was given yet.</summary>
    sealed class Sources
    {
        /// <summary>Acknowledged, and the queue was found empty later.</summary>
        public Queue<Operation> Must { get; } = [];

        /// <summary>Acknowledged, and perhaps still there.</summary>
        public Queue<Operation> MayRemain { get; } = [];

        /// <summary>How many are of unknown outcome.</summary>
        public int Unknown { get; set; }

        /// <summary>All that may have happened, whatever was given to them.</summary>
        public List<int> Enqueued { get; } = [];

        /// <summary>Those of them that were acknowledged.</summary>
        public List<int> Acknowledged { get; } = [];

        public List<int> Taken { get; } = [];

        public bool TryTake() => Must.TryDequeue(out _) || MayRemain.TryDequeue(out _) || Unknown-- > 0;
    }

    sealed class Tally
    {
        public int Acknowledged { get; set; }

        public int Taken { get; set; }

        public int Excused { get; set; }

        public int Remaining { get; set; }
    }
}
