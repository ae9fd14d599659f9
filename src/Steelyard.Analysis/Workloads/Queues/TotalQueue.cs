using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Queues;

/// <summary>
/// What goes in must come out (Jepsen's <c>checker/total-queue</c>): every acknowledged enqueue is dequeued
/// or drained, and nothing comes out that was not put in before. The history must end by emptying the queue.
/// Elements that came out more often than they went in are counted but allowed: delivery at least once.
/// A dequeue of unknown outcome may have taken one of the missing elements, a drain any number of them: as
/// long as these could explain what is missing the answer is Unknown.
/// </summary>
public sealed class TotalQueue : IChecker
{
    /// <inheritdoc/>
    public string Name => "total-queue";

    /// <inheritdoc/>
    public string Sentence => "What goes in comes out";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new WorkloadFindings(Name);
        var tally = new Tally();
        foreach (var queue in QueueEvents.Of(history))
            Judge(queue, findings, tally);
        if (!findings.IsEmpty)
            return findings.Broken();
        if (tally.Attempts == 0)
            return Verdict.Undecided(Name, "nothing was enqueued");
        return tally.Excused > 0
            ? Verdict.Undecided(
                Name,
                $"{Count(tally.Excused, "acknowledged element")} never came out, yet dequeues or drains of"
                + " unknown outcome may have taken them")
            : Verdict.Holds(
                Name,
                $"all {Count(tally.Acknowledged, "acknowledged element")} of"
                + $" {Count(tally.Attempts, "enqueue")} came out, none unexpected;"
                + $" {tally.Recovered:N0} of unknown enqueues recovered,"
                + $" {tally.Duplicated:N0} duplicated");
    }

    static void Judge(QueueEvents queue, WorkloadFindings findings, Tally tally)
    {
        var flows = Flows(queue);
        foreach (var (taker, element) in queue.Taken)
        {
            var flow = FlowOf(flows, element);
            flow.Taken++;
            if (flow.FirstAttempt is not { } attempt || attempt.InvokedAt > taker.CompletedAt)
                QueueFindings.AddUnexpected(findings, taker, element);
        }

        var missing = new List<(Value Element, Flow Flow)>();
        var count = 0;
        foreach (var (element, flow) in flows)
        {
            tally.Add(flow);
            count += flow.Missing;
            if (flow.Missing > 0)
                missing.Add((element, flow));
        }

        if (queue.UnknownDrains > 0 || count <= queue.UnknownDequeues)
            tally.Excused += count;
        else
            AddLost(findings, missing, queue.UnknownDequeues);
    }

    static void AddLost(
        WorkloadFindings findings, List<(Value Element, Flow Flow)> missing, int unknownDequeues)
    {
        var excuse = unknownDequeues == 0
            ? ""
            : $" ({Count(unknownDequeues, "dequeue")} of unknown outcome cannot explain all that is"
                + " missing)";
        foreach (var (element, flow) in missing)
        {
            var enqueue = flow.LastAcknowledged!.Value;
            for (var i = 0; i < flow.Missing; i++)
                findings.Add(
                    "lost",
                    () => $"{element}{OfKey(enqueue)} was enqueued by process {enqueue.ProcessName} and never"
                        + $" came out{excuse}",
                    enqueue.Index);
        }
    }

    static Dictionary<Value, Flow> Flows(QueueEvents queue)
    {
        var flows = new Dictionary<Value, Flow>();
        foreach (var enqueue in queue.Enqueues)
        {
            if (!enqueue.MayHaveHappened)
                continue;
            var flow = FlowOf(flows, enqueue.Input);
            flow.FirstAttempt ??= enqueue;
            flow.Attempts++;
            if (enqueue.Outcome != Outcome.Ok)
                continue;
            flow.LastAcknowledged = enqueue;
            flow.Acknowledged++;
        }

        return flows;
    }

    static Flow FlowOf(Dictionary<Value, Flow> flows, Value element)
    {
        if (!flows.TryGetValue(element, out var flow))
            flows.Add(element, flow = new());
        return flow;
    }

    /// <summary>The way of one element.</summary>
    sealed class Flow
    {
        public Operation? FirstAttempt { get; set; }

        public Operation? LastAcknowledged { get; set; }

        public int Attempts { get; set; }

        public int Acknowledged { get; set; }

        public int Taken { get; set; }

        public int Missing => Math.Max(0, Acknowledged - Taken);
    }

    sealed class Tally
    {
        public int Attempts { get; private set; }

        public int Acknowledged { get; private set; }

        public int Recovered { get; private set; }

        public int Duplicated { get; private set; }

        public int Excused { get; set; }

        public void Add(Flow flow)
        {
            Attempts += flow.Attempts;
            Acknowledged += flow.Acknowledged;
            Recovered += Math.Max(0, Math.Min(flow.Taken, flow.Attempts) - flow.Acknowledged);
            Duplicated += Math.Max(0, flow.Taken - flow.Attempts);
        }
    }
}
