using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Effects;

/// <summary>
/// Nothing acknowledged is lost: every id whose write ended Ok is in every final read of its key. Final reads
/// are those invoked after the mark <see cref="HistoryPhases.FinalReads"/>, or after the last write where
/// there is none.
/// </summary>
/// <param name="writes">The writing function; its id is the input's <c>id</c>, or the input itself.</param>
/// <param name="reads">The reading function; its output is the list of ids.</param>
/// <param name="noun">What one written thing is called in sentences.</param>
public sealed class AcknowledgedKept(
    string writes = Functions.Send, string reads = Functions.ReadRoom, string noun = "message") : IChecker
{
    /// <inheritdoc/>
    public string Name => "acknowledged-kept";

    /// <inheritdoc/>
    public string Sentence => "Nothing that was acknowledged is lost";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var acknowledged = new SortedDictionary<Value, List<Operation>>();
        var count = 0;
        foreach (var operation in history.Operations)
            if (operation.Function == writes && operation.Outcome == Outcome.Ok)
            {
                if (!acknowledged.TryGetValue(operation.Key, out var list))
                    acknowledged.Add(operation.Key, list = []);
                list.Add(operation);
                count++;
            }

        var finals = FinalReads(history);
        var anomalies = new List<Anomaly>();
        foreach (var (key, writesOfKey) in acknowledged)
            if (finals.TryGetValue(key, out var readsOfKey))
                Judge(writesOfKey, readsOfKey, anomalies);
        if (anomalies.Count > 0)
            return Verdict.Broken(Name, anomalies);
        if (count == 0)
            return Verdict.Undecided(Name, $"no {noun} was acknowledged");
        foreach (var key in acknowledged.Keys)
            if (!finals.ContainsKey(key))
                return Verdict.Undecided(Name, $"nobody read {Place(key)} after the last {noun}");
        var readCount = finals.Values.Sum(f => f.Count);
        return Verdict.Holds(
            Name,
            $"all {Count(count, "acknowledged " + noun)} {Are(count)} in every one of"
            + $" {Count(readCount, "final read")}");
    }

    SortedDictionary<Value, List<Operation>> FinalReads(History history)
    {
        var begin = FinalReadsBegin(history, writes);
        var finals = new SortedDictionary<Value, List<Operation>>();
        foreach (var operation in history.Operations)
        {
            if (operation.Function != reads || operation.Outcome != Outcome.Ok || operation.InvokedAt < begin)
                continue;
            if (!finals.TryGetValue(operation.Key, out var list))
                finals.Add(operation.Key, list = []);
            list.Add(operation);
        }

        return finals;
    }

    void Judge(List<Operation> acknowledged, List<Operation> finals, List<Anomaly> anomalies)
    {
        var missing = new SortedDictionary<int, (Operation Write, Operation Read, int Readers)>();
        foreach (var read in finals)
        {
            var seen = new HashSet<Value>(read.Output.AsList.ToArray());
            foreach (var write in acknowledged)
                if (!seen.Contains(IdOf(write)))
                    missing[write.Index] = missing.TryGetValue(write.Index, out var known)
                        ? known with { Readers = known.Readers + 1 }
                        : (write, read, 1);
        }

        foreach (var (write, read, readers) in missing.Values)
        {
            if (anomalies.Count == MostAnomalies)
                return;
            var where = write.Node is { } node ? $" at {node}" : "";
            anomalies.Add(new(
                "lost-" + noun,
                $"{noun} {IdOf(write)} of process {write.ProcessName} was acknowledged{where}, yet it is"
                + $" missing from {readers:N0} of {Count(finals.Count, "final read")} of"
                + $" {Place(write.Key)} ({Count(missing.Count, noun)} lost there)",
                [write.Index, read.Index]));
        }
    }

    static string Place(Value key) => key.IsNil ? "the whole" : key.ToString();
}
