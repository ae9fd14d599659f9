namespace Steelyard.Histories;

/// <summary>Folds a history into 64 bits, operation by operation: positions carry the order of
/// events.</summary>
internal static class HistoryHash
{
    public static ulong Of(History history)
    {
        var hash = new StableHash(0x5EED);
        foreach (var operation in history.Operations)
            Add(ref hash, operation);
        foreach (var fault in history.Faults)
        {
            hash.Add((long)fault.Position);
            hash.Add(fault.TimeNs);
            hash.Add((ulong)fault.Phase);
            hash.Add(fault.Kind);
            hash.Add(fault.Description);
            hash.Add(fault.Details);
            hash.Add(fault.HadEffect switch { null => 0UL, false => 1, true => 2 });
        }

        foreach (var (phase, mark) in history.Phases.Marked)
        {
            hash.Add((ulong)phase);
            hash.Add((long)mark.Position);
            hash.Add(mark.TimeNs);
        }

        if (history.NotRecorded > 0)
            hash.Add(history.NotRecorded);
        return hash.Digest;
    }

    static void Add(ref StableHash hash, Operation operation)
    {
        hash.Add((long)operation.Process);
        hash.Add(operation.Function);
        hash.Add(operation.Key);
        hash.Add(operation.Input);
        hash.Add(operation.Output);
        hash.Add((ulong)operation.Outcome | ((ulong)operation.Traits << 8));
        hash.Add(((long)operation.InvokedAt << 32) | (uint)operation.CompletedAt);
        hash.Add(operation.IntendedNs);
        hash.Add(operation.InvokedNs);
        hash.Add(operation.CompletedNs);
        hash.Add(operation.Node ?? "");
        hash.Add(operation.Error ?? "");
    }
}
