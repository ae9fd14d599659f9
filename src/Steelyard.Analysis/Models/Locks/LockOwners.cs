using Steelyard.Histories;

namespace Steelyard.Analysis.Models.Locks;

/// <summary>
/// On whose behalf a lock was asked for: the <c>client</c> that an operation's answer or argument names, else
/// the one that others of its process name, else the process itself. Where some operations name clients, one
/// of unknown outcome whose process was never answered may be anybody's.
/// </summary>
internal sealed class LockOwners
{
    /// <summary>Somebody, nobody knows who.</summary>
    public static readonly Value Anybody = Value.Map(("anybody", Value.Of(true)));

    const string OfProcess = "process";

    readonly Dictionary<int, Value> _ofProcess = [];
    readonly HashSet<int> _answered = [];

    /// <summary>Learns the names of a history.</summary>
    public LockOwners(History history)
    {
        foreach (var operation in history.Operations)
        {
            if (Named(operation) is { } name)
                _ofProcess.TryAdd(operation.Process, name);
            if (operation.Outcome == Outcome.Ok)
                _answered.Add(operation.Process);
        }

        foreach (var operation in history.Operations)
            AnyUnknown |= operation.Outcome is Outcome.Info or Outcome.Open && Of(operation) == Anybody;
    }

    /// <summary>True when some operation names a client.</summary>
    public bool AreNamed => _ofProcess.Count > 0;

    /// <summary>True when some operation may be anybody's.</summary>
    public bool AnyUnknown { get; }

    /// <summary>Whose an operation is.</summary>
    public Value Of(Operation operation)
    {
        if (!AreNamed)
            return operation.Process;
        if ((Named(operation) ?? NameOf(operation.Process)) is { } name)
            return name;
        // No name of a client's looks like that.
        return _answered.Contains(operation.Process) ? Value.List(OfProcess, operation.Process) : Anybody;
    }

    /// <summary>The name as people write it.</summary>
    public static string Told(Value owner) => owner == Anybody ? "somebody"
        : owner is { Kind: ValueKind.List, AsList: [{ Kind: ValueKind.Text } word, var process] }
            && word == OfProcess ? $"{OfProcess} {process}"
        : $"{owner}";

    Value? NameOf(int process) => _ofProcess.TryGetValue(process, out var name) ? name : (Value?)null;

    static Value? Named(Operation operation) => In(operation.Output) ?? In(operation.Input);

    // A bare null would become nil, which is a value.
    static Value? In(Value payload) =>
        payload.Kind == ValueKind.Map && payload["client"] is { IsNil: false } name ? name : (Value?)null;
}
