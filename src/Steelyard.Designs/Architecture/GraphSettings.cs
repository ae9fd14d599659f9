using Steelyard.Designs.Architecture.Settings;

namespace Steelyard.Designs.Architecture;

/// <summary>All that can be said of the parts of an architecture and of their calls, each by one
/// word.</summary>
internal static class GraphSettings
{
    /// <summary>Those of a graph: <c>part.key</c>, and <c>part.called.key</c> of a call.</summary>
    public static IEnumerable<Setting<ArchitectureGraph>> Of(ArchitectureGraph graph) =>
        graph.Parts.SelectMany(part => OfPart(part).Concat(
            part.Calls.SelectMany((edge, index) => OfCall(part, edge, index)))).Concat(OfPush);

    /// <summary>Those of a push.</summary>
    public static IEnumerable<Setting<ArchitectureGraph>> OfPush => Push.Settings.Select(setting =>
        setting.Of<ArchitectureGraph>(
            graph => graph.Push, static (graph, push) => graph with { Push = push }));

    static IEnumerable<Setting<ArchitectureGraph>> OfPart(Part part) => part.Settings.Select(setting =>
        setting.Of<ArchitectureGraph>(
            graph => graph.PartOf(part.Name), static (graph, changed) => graph.With(changed),
            $"{part.Name}."));

    // Two calls of the same part are told apart by their number.
    static IEnumerable<Setting<ArchitectureGraph>> OfCall(Part part, Edge edge, int index)
    {
        var earlier = part.Calls.Take(index).Count(other => other.To == edge.To);
        var name = earlier == 0 ? edge.To : $"{edge.To}{earlier + 1}";
        return Edge.Settings.Select(setting => setting.Of<ArchitectureGraph>(
            graph => graph.PartOf(part.Name).Calls[index],
            (graph, changed) => graph.With(With(graph.PartOf(part.Name), index, changed)),
            $"{part.Name}.{name}."));
    }

    static Part With(Part part, int index, Edge changed) => part with
    {
        Calls = [.. part.Calls.Select((edge, at) => at == index ? changed : edge)],
    };
}
