using Steelyard.Analysis.Linearizability.Registers;
using Steelyard.Histories;

namespace Steelyard.Analysis.Sessions;

/// <summary>
/// Read your writes (Terry et al. 1994, section 3.1): a process that wrote a key never again reads a version
/// older than its own.
/// </summary>
/// <remarks>
/// Sound from the history alone: a version is older only where real time says so (its write had completed
/// when the process' own write began, or it is the initial one). A read of several siblings must hold one
/// that is not older; a value that several writes wrote is given the benefit of the doubt.
/// </remarks>
public sealed class ReadYourWrites : IChecker
{
    /// <inheritdoc/>
    public string Name => "read-your-writes";

    /// <inheritdoc/>
    public string Sentence => "A client sees its own writes";

    /// <inheritdoc/>
    public Verdict Check(History history) =>
        SessionFinding.OfEachKey(Name, history, Check, "none missed an earlier write of its own process");

    static void Check(History history, KeyVersions key, List<Anomaly> anomalies)
    {
        var ownWrite = new Dictionary<int, int>();
        var writes = new Queue<int>(key.Writes);
        foreach (var index in key.Reads)
        {
            for (; writes.TryPeek(out var write) && write < index; writes.Dequeue())
                if (history[write].Outcome == Outcome.Ok)
                    ownWrite[history[write].Process] = write;
            var read = history[index];
            if (!ownWrite.TryGetValue(read.Process, out var own) || !key.ReadsOlder(read, own))
                continue;
            var older = key.VersionsOf(KeyVersions.ValuesOf(read)[0], read).First();
            anomalies.Add(new(
                "read-your-writes",
                $"process {read.ProcessName} wrote {KeyVersions.ValueWritten(history[own])}"
                + $" to {SessionFinding.Named(key.Key)} and then read {read.Output}, an older version",
                SessionFinding.Witness([older, own, index])));
        }
    }
}
