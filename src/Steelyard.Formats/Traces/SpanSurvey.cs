using System.Globalization;
using System.Text;

namespace Steelyard.Formats.Traces;

/// <summary>What stands in a file of spans: services, kinds and names with their counts, and a map to start
/// from.</summary>
internal static class SpanSurvey
{
    const int MostNames = 40;

    /// <summary>The survey, as a map in YAML whose comments hold the counts.</summary>
    public static string Of(SpanTable spans)
    {
        var counts = new SortedDictionary<(string Service, string Kind, string Name),
            (int Count, int First)>();
        for (var span = 0; span < spans.Count; span++)
        {
            var look = (spans.BatchOf(span).Service, SpanRuleMatcher.Word(spans[span].Kind),
                spans[span].Name);
            counts[look] = counts.TryGetValue(look, out var known) ? (known.Count + 1, known.First)
                : (1, span);
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"# {spans.Count:N0} spans of {spans.Clocks.Count:N0} hosts\n");
        text.Append("#     count  service            kind      name\n");
        foreach (var (look, (count, _)) in counts.OrderByDescending(pair => pair.Value.Count).Take(MostNames))
            text.Append(
                CultureInfo.InvariantCulture,
                    $"# {count,9:N0}  {Line(look.Service),-17}  {look.Kind,-8}  {Line(look.Name)}\n");
        if (counts.Count > MostNames)
            text.Append(CultureInfo.InvariantCulture, $"# and {counts.Count - MostNames:N0} more\n");
        return text.Append(Proposal(spans, counts)).ToString();
    }

    static string Proposal(
        SpanTable spans,
        SortedDictionary<(string Service, string Kind, string Name), (int Count, int First)> counts)
    {
        var text = new StringBuilder("kind: spans\nrules:\n");
        foreach (var (look, (_, first)) in counts)
            if (look.Kind == "server" && look.Name.StartsWith("POST", StringComparison.Ordinal))
                text.Append("  - match: {").Append(Match(look)).Append("}\n").Append(
                    "    operation: {function: ").Append(Word(look.Name)).Append(
                    ", id: http.request.header.idempotency-key}\n");
            else if (StatementOf(spans, first) is { } statement
                && statement.TrimStart().StartsWith("insert into ", StringComparison.OrdinalIgnoreCase))
                text.Append("  - match: {service: ").Append(Quoted(look.Service)).Append(
                    ", kind: client, statement: '/^\\s*insert into ").Append(Table(statement)).Append(
                    "/i'}\n    effect: {name: ").Append(Table(statement)).Append(
                    ", commits: request}  # or statement, where each commits by itself\n");
        return text.ToString();
    }

    static string? StatementOf(SpanTable spans, int span)
    {
        var value = spans.Attribute(span, spans.Names.StatementNumber);
        return value.IsNil ? null : SpanSource.AsText(value);
    }

    static string Match((string Service, string Kind, string Name) look) =>
        $"service: {Quoted(look.Service)}, kind: {look.Kind}, name: {Quoted(look.Name)}";

    static string Word(string name)
    {
        var words = name.Split((char[])['/', ' ', '{', '}'], StringSplitOptions.RemoveEmptyEntries);
        var word = words.Skip(1).FirstOrDefault(words[0]);
        return string.Concat(word.Where(char.IsLetterOrDigit)) is { Length: > 0 } plain ? plain : "request";
    }

    static string Table(string statement) => string.Concat(statement.TrimStart()["insert into ".Length..]
        .TrimStart().TakeWhile(
            one => char.IsLetterOrDigit(one) || one is '_' or '.')) is { Length: > 0 } table
        ? table : "row";

    static string Quoted(string text) => $"'{Line(text).Replace("'", "''", StringComparison.Ordinal)}'";

    static string Line(string text) => string.Concat(text.Select(one => char.IsControl(one) ? ' ' : one));
}
