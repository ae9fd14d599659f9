using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Effects;

/// <summary>
/// After the heal all replicas hold the same: the outputs of all <see cref="Functions.ReplicaState"/> reads
/// are equal. Unknown when some replica did not answer and the others agree; a node that says that it is none
/// (<see cref="NotAMember"/>) has nothing to agree on.
/// </summary>
public sealed class ReplicasConverge : IChecker
{
    /// <summary>The error of a node that belongs to no cluster, or no more.</summary>
    public const string NotAMember = "not a member";

    /// <inheritdoc/>
    public string Name => "replicas-converge";

    /// <inheritdoc/>
    public string Sentence => "All replicas are equal once the faults are healed";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var asked = history.Operations.Count(o => o.Function == Functions.ReplicaState && !IsStranger(o));
        var states = ReplicaStates(history);
        if (states.Count == 0)
            return Verdict.Undecided(Name, "no replica told its state after the heal");
        var anomalies = new List<Anomaly>();
        foreach (var state in states)
            if (state.Output != states[0].Output && anomalies.Count < MostAnomalies)
                anomalies.Add(new("divergence", Explain(states[0], state), [states[0].Index, state.Index]));
        if (anomalies.Count > 0)
            return Verdict.Broken(Name, anomalies);
        return states.Count < asked
            ? Verdict.Undecided(Name, $"{asked - states.Count} of {asked} replicas did not tell their state")
            : Verdict.Holds(Name, $"all {Count(asked, "replica")} ended in the same state");
    }

    static bool IsStranger(Operation operation) =>
        operation.Outcome == Outcome.Fail && operation.Error == NotAMember;

    static string Explain(Operation left, Operation right)
    {
        var (path, one, other) = Difference("", left.Output, right.Output);
        var (first, second) = (ReplicaName(left), ReplicaName(right));
        var where = path.Length == 0 ? "its state" : path;
        return $"{first} and {second} still differ after the heal: {where} is {Short(one)} at {first} and"
            + $" {Short(other)} at {second}";
    }

    /// <summary>The first place where two values differ, as a path.</summary>
    static (string Path, Value Left, Value Right) Difference(string path, Value left, Value right)
    {
        if (left.Kind == ValueKind.Map && right.Kind == ValueKind.Map)
        {
            var keys = new SortedSet<Value>();
            foreach (var (key, _) in left.AsMap)
                keys.Add(key);
            foreach (var (key, _) in right.AsMap)
                keys.Add(key);
            foreach (var key in keys)
                if (left[key] != right[key])
                    return Difference($"{path} {key}".Trim(), left[key], right[key]);
        }

        if (left.Kind == ValueKind.List && right.Kind == ValueKind.List)
            for (var i = 0; i < Math.Min(left.AsList.Length, right.AsList.Length); i++)
                if (left.AsList[i] != right.AsList[i])
                    return Difference($"{path} [{i}]".Trim(), left.AsList[i], right.AsList[i]);

        return (path, left, right);
    }

    static string Short(Value value)
    {
        if (value.Kind == ValueKind.List && value.AsList.Length > 4)
            return $"a list of {value.AsList.Length}";
        if (value.Kind == ValueKind.Map && value.AsMap.Length > 4)
            return $"a map of {value.AsMap.Length}";
        return value.ToString();
    }
}
