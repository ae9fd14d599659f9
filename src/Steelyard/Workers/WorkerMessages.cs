using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Workers;

/// <summary>What the worker answers; the history follows in a frame of its own.</summary>
internal sealed record WorkerReply
{
    public ulong ScheduleHash { get; init; }

    public bool IsPartial { get; init; }

    public WorldCounters Counters { get; init; } = new();

    public TimeSpan End { get; init; }

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    public IReadOnlyList<ShownState> States { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<ServiceFailure> Failures { get; init; } = [];

    /// <summary>The user's mistake that keeps it from running.</summary>
    public string? Mistake { get; init; }

    /// <summary>A bug of the design or of ours that keeps it from running.</summary>
    public string? Failure { get; init; }

    /// <summary>Where in the user's source, if that is known.</summary>
    public string? Place { get; init; }
}

/// <summary>What a node of the worker's shows of itself.</summary>
internal sealed record ShownState(string Node, NodeStatus Status, IReadOnlyList<ShownValue> Values)
{
    public static ShownState Of(NodeState state) =>
        new(state.Node, state.Status, [.. state.Values.Select(ShownValue.Of)]);

    public NodeState ToState() => new(Node, Status, [.. Values.Select(value => value.ToValue())]);
}

/// <summary>One thing of it, by its kind; all null is nil.</summary>
internal sealed record ShownValue(string Name, string? Text, long? Number, bool? Truth)
{
    public static ShownValue Of(StateValue shown) => shown.Value.Kind switch
    {
        ValueKind.Text => new(shown.Name, shown.Value.AsText, null, null),
        ValueKind.Integer => new(shown.Name, null, shown.Value.AsInteger, null),
        ValueKind.Boolean => new(shown.Name, null, null, shown.Value.AsBoolean),
        _ => new(shown.Name, null, null, null),
    };

    public StateValue ToValue() => new(
        Name, Number is { } number ? number : Truth is { } truth ? Value.Of(truth) : (Value)Text);
}

/// <summary>What the worker's world found wrong, or could not decide, in plain words.</summary>
internal sealed record Finding(
    string Checker, Validity Validity, string Type, string Explanation, IReadOnlyList<int> Witness)
{
    public static Finding Of(Verdict verdict)
    {
        if (verdict.Validity == Validity.Unknown)
            return new(verdict.Checker, Validity.Unknown, "", verdict.Exhausted!, []);
        var anomaly = verdict.Anomalies[0];
        return new(
            verdict.Checker, Validity.Invalid, anomaly.Type, anomaly.Explanation, anomaly.Witness);
    }

    public Verdict ToVerdict() => Validity == Validity.Unknown
        ? Verdict.Undecided(Checker, Explanation)
        : Verdict.Broken(Checker, new Anomaly(Type, Explanation, Witness));
}
