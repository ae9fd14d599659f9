using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Workloads.Logs;

/// <summary>
/// Logs to which messages are sent and from which they are polled, alone or in transactions (Jepsen's
/// <c>tests.kafka</c>, and Redpanda's queue workload): each offset holds one message and each message has one
/// offset, nothing below what was polled is lost, consumers and producers go forward without gaps, and no
/// poll returns what was aborted, not yet committed, or never sent.
/// </summary>
/// <remarks>Definitions: the documentation of <c>jepsen.tests.kafka</c>. A message is unique in its
/// log.</remarks>
/// <param name="name">The checker's name: the workload has two.</param>
public sealed class KafkaLog(string name = "kafka") : IChecker
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Sentence => "Every acknowledged message is polled, in one order";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new WorkloadFindings(Name);
        var evidence = new LogEvidence(history);
        foreach (var log in evidence.Logs)
            new PartitionFindings(log, evidence, findings).Add();
        foreach (var operation in evidence.Operations)
            LogReads.Add(operation, evidence, findings);
        new LogPositions(evidence, findings).Add(history);
        LogCycles.Add(evidence, findings);
        if (!findings.IsEmpty)
            return findings.Broken();
        var polled = evidence.Operations.Sum(o => o.Outcome == Outcome.Ok ? o.Polls.Count : 0);
        if (polled == 0)
            return Verdict.Undecided(Name, "no message was polled");
        var unseen = evidence.Operations.Where(o => o.Outcome == Outcome.Ok)
            .Sum(o => o.Sends.Count(sent => !evidence.WasPolled(sent.Key, sent.Value)));
        return Verdict.Holds(
            Name,
            $"{Count(polled, "message")} polled from {Count(evidence.Logs.Count, "log")}, in order and"
            + $" without gaps; {unseen:N0} acknowledged and not polled yet");
    }
}
