using Spectre.Console;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Terminals;

/// <summary>What nodes show of themselves: a line for each node, a column for each of their values.</summary>
internal static class StateTable
{
    /// <summary>Draws it.</summary>
    /// <param name="title">Its heading, such as <c>Nodes at 3.2 s</c>.</param>
    /// <param name="states">The nodes.</param>
    public static Table Draw(string title, IReadOnlyList<NodeState> states)
    {
        var names = states.SelectMany(state => state.Values.Select(value => value.Name)).Distinct().ToList();
        var table = LatencyTable.Plain();
        table.AddColumn(LatencyTable.Column($"[bold]{Markup.Escape(title)}[/]", isRight: false));
        table.AddColumn(LatencyTable.Column("", isRight: false));
        foreach (var name in names)
            table.AddColumn(LatencyTable.Column(
                $"[grey]{Markup.Escape(name)}[/]", states.All(state => IsNumber(state, name))));
        foreach (var state in states)
            table.AddRow([
                $"  {Markup.Escape(state.Node)}", Word(state.Status),
                .. names.Select(name => Markup.Escape(Text(state, name))),
            ]);
        return table;
    }

    static string Word(NodeStatus status) => status switch
    {
        NodeStatus.Down => "down",
        NodeStatus.Paused => "held still",
        _ => "up",
    };

    static bool IsNumber(NodeState state, string name) =>
        Find(state, name) is null or { Value.Kind: ValueKind.Integer };

    static string Text(NodeState state, string name) => Find(state, name)?.Value switch
    {
        null => "",
        { Kind: ValueKind.Boolean } truth => truth.AsBoolean ? "yes" : "no",
        { Kind: ValueKind.Nil } => "none",
        { Kind: ValueKind.Text } text => text.AsText,
        { } value => value.ToString(),
    };

    static StateValue? Find(NodeState state, string name)
    {
        foreach (var value in state.Values)
            if (value.Name == name)
                return value;
        return null;
    }
}
