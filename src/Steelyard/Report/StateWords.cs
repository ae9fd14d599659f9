using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Report;

/// <summary>What a node shows of itself, in one line.</summary>
internal static class StateWords
{
    /// <summary>All of it: <c>commit index 41, role leader, term 3</c>; <c>down</c> where it is
    /// down.</summary>
    public static string Of(NodeState state)
    {
        var words = All(state);
        return string.Join(", ", state.Status == NodeStatus.Up ? words : words.Prepend(Word(state.Status)));
    }

    /// <summary>What is another than before.</summary>
    public static string Changed(NodeState before, NodeState now)
    {
        if (now.Status == NodeStatus.Down || before.Status == NodeStatus.Down)
            return now.Status == NodeStatus.Up ? string.Join(", ", All(now).Prepend("up")) : Of(now);
        var changed = now.Values.Except(before.Values).Select(Word);
        return string.Join(", ", before.Status == now.Status ? changed : changed.Prepend(Word(now.Status)));
    }

    static IEnumerable<string> All(NodeState state) =>
        state.Values.Where(value => value.Value != Value.Of(false)).Select(Word);

    static string Word(NodeStatus status) => status switch
    {
        NodeStatus.Down => "down",
        NodeStatus.Paused => "held still",
        _ => "up",
    };

    static string Word(StateValue shown) => shown.Value.Kind switch
    {
        ValueKind.Boolean => shown.Value.AsBoolean ? shown.Name : $"not {shown.Name}",
        ValueKind.Text => $"{shown.Name} {shown.Value.AsText}",
        ValueKind.Nil => $"{shown.Name} none",
        _ => $"{shown.Name} {shown.Value}",
    };
}
