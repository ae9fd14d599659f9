using Steelyard.Designs.Architecture.Parts;
using Steelyard.Histories;

namespace Steelyard.Designs.Architecture;

/// <summary>Looks whether the parts of an architecture fit together.</summary>
internal static class GraphCheck
{
    /// <exception cref="UserMistakeException">They do not: one line says what was expected and
    /// found.</exception>
    public static void Check(ArchitectureGraph graph) =>
        Check(graph, (part, mistake) => new($"{part?.Name ?? graph.Name}: {mistake}"));

    /// <summary>The same, with the place of what is wrong.</summary>
    /// <param name="graph">The architecture.</param>
    /// <param name="mistake">Says what is wrong with a part, or with all of it where that is null.</param>
    public static void Check(ArchitectureGraph graph, Func<Part?, string, UserMistakeException> mistake)
    {
        if (!graph.Parts.Any(part => part.IsSource))
            throw mistake(null, "expected a part that asks (is: clients), found none");
        var added = RebalancerPart.AddedTo(ScalerPart.AddedTo(graph)).Parts.Where(part => part.IsAdded)
            .Select(part => part.Name).ToList();
        foreach (var part in graph.Parts)
        {
            if (added.Contains(part.Name, StringComparer.Ordinal))
                throw mistake(part, $"expected another name, for what stands beside a part has this one");
            if (EdgeProblem(graph, part) is { } found)
                throw mistake(part, found);
            try
            {
                part.Check();
            }
            catch (UserMistakeException own)
            {
                throw mistake(part, own.Message);
            }
        }

        foreach (var part in graph.Parts)
            if (Circle(graph, part, [])?.ToList() is { } circle)
                throw mistake(graph.PartOf(circle[0]),
                    $"expected calls without a circle, found {string.Join(" → ", circle)}");
    }

    static string? EdgeProblem(ArchitectureGraph graph, Part part)
    {
        var names = graph.Parts.Select(one => one.Name).ToList();
        foreach (var edge in part.Calls)
        {
            if (!names.Contains(edge.To, StringComparer.Ordinal))
                return $"expected to call a part of the architecture ({string.Join(", ", names)}),"
                    + $" found \"{edge.To}\"{Suggestion.For(edge.To, names)}";
            var called = graph.PartOf(edge.To);
            if (called.IsSource)
                return $"expected to call no clients, found \"{edge.To}\"";
            if (EventProblem(part, edge, called) is { } found)
                return found;
            if (edge.Fan > called.MostInstances)
                return $"fan: expected at most the {called.MostInstances} instances of {edge.To}, found"
                    + $" {edge.Fan}";
        }

        return null;
    }

    // Writes are events of the log, and reads are answered by what is made of them.
    static string? EventProblem(Part part, Edge edge, Part called) => (part, called) switch
    {
        (ProjectionPart, not LogPart) => $"expected a log that it reads (is: log), found {edge.To}",
        (ProjectionPart, LogPart) => null,
        (_, LogPart) when edge.When != Edge.Writes =>
            $"expected \"when: writes\" of a call of the log {edge.To}, found {edge.When}",
        (_, ProjectionPart) when edge.When != Edge.Reads =>
            $"expected \"when: reads\" of a call of the projection {edge.To}, found {edge.When}",
        _ => null,
    };

    static IEnumerable<string>? Circle(ArchitectureGraph graph, Part part, IReadOnlyList<string> path) =>
        path.Contains(part.Name, StringComparer.Ordinal)
            ? path.SkipWhile(name => name != part.Name).Append(part.Name)
            : part.Calls.Select(edge => Circle(graph, graph.PartOf(edge.To), [.. path, part.Name]))
                .FirstOrDefault(circle => circle is not null);
}
