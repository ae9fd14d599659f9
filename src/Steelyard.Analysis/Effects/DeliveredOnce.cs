using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Effects;

/// <summary>
/// A message is shown once: no read of a room holds the same id twice, however often it was sent again or
/// delivered.
/// </summary>
/// <param name="reads">The reading function; its output is the list of ids.</param>
public sealed class DeliveredOnce(string reads = Functions.ReadRoom) : IChecker
{
    /// <inheritdoc/>
    public string Name => "delivered-once";

    /// <inheritdoc/>
    public string Sentence => "Every message is delivered once to each reader";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var anomalies = new List<Anomaly>();
        var known = new HashSet<Value>();
        var (count, shown) = (0, 0L);
        foreach (var operation in history.Operations)
        {
            if (operation.Function != reads || operation.Outcome != Outcome.Ok)
                continue;
            count++;
            shown += operation.Output.AsList.Length;
            var seen = new HashSet<Value>();
            foreach (var id in operation.Output.AsList)
                // One anomaly a message: later readers see the same double.
                if (!seen.Add(id) && known.Add(id) && anomalies.Count < MostAnomalies)
                    anomalies.Add(Twice(history, operation, id));
        }

        if (anomalies.Count > 0)
            return Verdict.Broken(Name, anomalies);
        return count == 0
            ? Verdict.Undecided(Name, $"there was no completed {reads}")
            : Verdict.Holds(
                Name,
                $"no message was shown twice in {Count(count, "read")} that showed"
                + $" {Count(shown, "message")}");
    }

    static Anomaly Twice(History history, Operation read, Value id)
    {
        var times = 0;
        foreach (var shown in read.Output.AsList)
            times += shown == id ? 1 : 0;
        var witness = new List<int>();
        foreach (var operation in history.Operations)
            if (operation.Function == Functions.Send && IdOf(operation) == id)
                witness.Add(operation.Index);
        witness.Add(read.Index);
        return new(
            "delivered-twice",
            $"process {read.ProcessName} saw message {id} {ExactlyOnce.Times(times)} in {read.Key}",
            witness);
    }
}
