using Steelyard.Histories;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Queues;

/// <summary>What came out of a queue and should not have.</summary>
internal static class QueueFindings
{
    /// <summary>An element that came out more often than it can have gone in, or went in never.</summary>
    /// <param name="findings">Where it is added.</param>
    /// <param name="taker">Who took it the last time.</param>
    /// <param name="element">The element.</param>
    /// <param name="enqueued">The enqueues that can have put it there by then.</param>
    /// <param name="taken">The operations that took it.</param>
    public static void Add(
        WorkloadFindings findings, Operation taker, Value element, List<int> enqueued, List<int> taken)
    {
        if (enqueued.Count == 0)
            AddUnexpected(findings, taker, element);
        else
            findings.Add(
                "duplicated",
                () => $"{element}{OfKey(taker)} was enqueued {Times(enqueued.Count)} and dequeued"
                    + $" {Times(taken.Count)}, the last time by process {taker.ProcessName}",
                [.. enqueued, .. taken]);
    }

    /// <summary>An element that went in never.</summary>
    public static void AddUnexpected(WorkloadFindings findings, Operation taker, Value element) =>
        findings.Add(
            "unexpected",
            () => $"process {taker.ProcessName} dequeued {element}{OfKey(taker)}, which no enqueue that could"
                + " have happened had put there",
            taker.Index);

    static string Times(int count) => count switch { 1 => "once", 2 => "twice", _ => $"{count:N0} times" };
}
