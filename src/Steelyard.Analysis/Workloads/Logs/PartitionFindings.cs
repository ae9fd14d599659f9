namespace Steelyard.Analysis.Workloads.Logs;

/// <summary>What one log contradicts by itself: inconsistent offsets, duplicates, lost writes.</summary>
internal sealed class PartitionFindings(PartitionLog log, LogEvidence evidence, WorkloadFindings findings)
{
    public void Add()
    {
        AddLostWrites();
        foreach (var (offset, one, first, other, second) in log.Conflicts())
            findings.Add(
                "inconsistent-offsets",
                () => $"offset {offset} of {log.Key} holds {one} for process {first.ProcessName} and {other}"
                    + " for"
                    + $" process {second.ProcessName}",
                first.Index, second.Index);
        foreach (var (value, first, last) in log.Duplicates())
            findings.Add(
                "duplicate",
                () => $"{value} stands in {log.Key} at offset {log.At(first).Offset} and again at offset"
                    + $" {log.At(last).Offset}",
                log.TellerOf(value, first).Index, log.TellerOf(value, last).Index);
    }

    // Whatever stands below a message that was polled should have been polled as well. A message at several
    // places bounds by its first and is asked for by its last.
    void AddLostWrites()
    {
        var (bound, furthest) = (-1, default(LogOperation));
        foreach (var (value, first, _) in log.Messages())
            if (first > bound && evidence.ReaderOf(log.Key, value) is { } reader)
                (bound, furthest) = (first, reader);
        foreach (var (value, _, last) in log.Messages())
        {
            if (last > bound || evidence.WasPolled(log.Key, value))
                continue;
            if (evidence.SenderOf(log.Key, value) is { } sender && evidence.IsCommitted(sender))
                findings.Add(
                    "lost-write",
                    () => $"{value} was sent to {log.Key} at offset {log.At(last).Offset} by process"
                        + $" {sender.ProcessName} and never polled, though process {furthest!.ProcessName}"
                        + " polled"
                        + $" offset {log.At(bound).Offset}",
                    sender.Index, furthest!.Index);
        }
    }
}
