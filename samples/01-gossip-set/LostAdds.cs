using Steelyard.Histories;

namespace Samples.GossipSets;

/// <summary>Every acknowledged add is in every replica's last state. A checker of one's own is one
/// method.</summary>
public sealed class LostAdds : IChecker
{
    public string Name => "lost-adds";

    public string Sentence => "Every acknowledged element is read in the end";

    public Verdict Check(History history)
    {
        var replicas = history.Operations
            .Where(o => o.Function == Functions.ReplicaState && o.Outcome == Outcome.Ok)
            .ToList();
        if (replicas.Count == 0)
            return Verdict.Undecided(Name, "no replica was read at the end");
        var adds = history.Operations.Where(o => o.Function == "add" && o.Outcome == Outcome.Ok).ToList();
        var lost =
            from add in adds
            from replica in replicas
            where !replica.Output.AsList.Contains(add.Input)
            select new Anomaly(
                "lost-add", $"{add.Input} was added, then not read by {replica.Node}",
                    [add.Index, replica.Index]);
        var anomalies = lost.ToList();
        return anomalies.Count > 0
            ? Verdict.Broken(Name, anomalies)
            : Verdict.Holds(Name, $"all {adds.Count} acknowledged adds are in all {replicas.Count} replicas");
    }
}
