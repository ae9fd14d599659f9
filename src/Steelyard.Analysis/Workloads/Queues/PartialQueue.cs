using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Queues;

/// <summary>
/// Every dequeue must come from somewhere (Jepsen's <c>checker/queue</c> with an unordered queue): each
/// element that came out has an enqueue of its own that had begun before it was out and did not fail. Whether
/// everything came out, and in which order, is not asked.
/// </summary>
/// <remarks>The enqueues that can explain a dequeue are those that began before its end; they only grow with
/// that end, so giving each dequeue any one left over, by completion, finds an explanation where there is
/// one.</remarks>
public sealed class PartialQueue : IChecker
{
    /// <inheritdoc/>
    public string Name => "partial-queue";

    /// <inheritdoc/>
    public string Sentence => "What comes out went in, and only once";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new WorkloadFindings(Name);
        var (taken, attempts) = (0, 0);
        foreach (var queue in QueueEvents.Of(history))
        {
            Judge(queue, findings);
            taken += queue.Taken.Count;
            attempts += queue.Enqueues.Count;
        }

        if (!findings.IsEmpty)
            return findings.Broken();
        return taken == 0
            ? Verdict.Undecided(Name, "nothing was dequeued")
            : Verdict.Holds(
                Name, $"each of {Count(taken, "dequeued element")} came from one of"
                    + $" {Count(attempts, "enqueue")}");
    }

    static void Judge(QueueEvents queue, WorkloadFindings findings)
    {
        var sources = new Dictionary<Value, Sources>();
        var next = 0;
        foreach (var (taker, element) in queue.Taken)
        {
            for (; next < queue.Enqueues.Count && queue.Enqueues[next].InvokedAt < taker.CompletedAt; next++)
                if (queue.Enqueues[next].MayHaveHappened)
                    SourcesOf(sources, queue.Enqueues[next].Input).Enqueued.Add(queue.Enqueues[next].Index);
            var known = SourcesOf(sources, element);
            known.Taken.Add(taker.Index);
            if (known.Taken.Count > known.Enqueued.Count)
                QueueFindings.Add(findings, taker, element, known.Enqueued, known.Taken);
        }
    }

    static Sources SourcesOf(Dictionary<Value, Sources> sources, Value element)
    {
        if (!sources.TryGetValue(element, out var known))
            sources.Add(element, known = new());
        return known;
    }

    sealed class Sources
    {
        public List<int> Enqueued { get; } = [];

        public List<int> Taken { get; } = [];
    }
}
