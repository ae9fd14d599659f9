using System.Collections.Frozen;

namespace Steelyard.Analysis.Naming;

/// <summary>
/// Reads <c>docs/anomalies.md</c>, which is embedded: what people read there and what the judge quotes is one
/// text. A section is a heading with the name, a paragraph that begins with the plain name in bold letters,
/// histories between marks of code, and a paragraph that begins with "Seen in"; a table's row is a name, its
/// plain name and what it means.
/// </summary>
internal static class AnomalyPage
{
    const string Heading = "### ";
    const string Fence = "```";
    const string History = "```text ";
    const string Seen = "Seen in ";
    const string SeenNowhere = "Seen in no ";

    static readonly Lazy<IReadOnlyList<AnomalyWords>> s_all = new(() => [.. Read(Text())]);

    static readonly Lazy<IReadOnlyList<EdgeWords>> s_edges = new(() => [.. Legend(Text())]);

    static readonly Lazy<FrozenDictionary<string, AnomalyWords>> s_byName = new(() =>
        s_all.Value.ToFrozenDictionary(words => words.Name, StringComparer.Ordinal));

    public static IReadOnlyList<AnomalyWords> All => s_all.Value;

    public static IReadOnlyList<EdgeWords> Edges => s_edges.Value;

    public static AnomalyWords? Of(string name) => s_byName.Value.GetValueOrDefault(name);

    static IEnumerable<AnomalyWords> Read(string page)
    {
        var isBesides = false;
        foreach (var section in page.Replace("\r", "", StringComparison.Ordinal).Split("\n## "))
        {
            isBesides |= section.StartsWith("Besides\n", StringComparison.Ordinal);
            foreach (var part in section.Split('\n' + Heading)[1..])
                yield return Section(part);
            if (isBesides)
                foreach (var row in section.Split('\n').Where(IsRow).Skip(2))
                    yield return Row(row);
        }
    }

    static IEnumerable<EdgeWords> Legend(string page)
    {
        var from = page.IndexOf("<!-- legend -->", StringComparison.Ordinal);
        var to = page.IndexOf("<!-- end -->", StringComparison.Ordinal);
        foreach (var row in page[from..to].Split('\n').Where(IsRow).Skip(2))
        {
            var cells = row.Trim('\r').Trim('|').Split('|', StringSplitOptions.TrimEntries);
            yield return new(cells[0].Trim('`'), cells[1], cells[2]);
        }
    }

    static bool IsRow(string line) => line.StartsWith('|');

    static AnomalyWords Row(string row) => row.Trim('|').Split('|', StringSplitOptions.TrimEntries) is
        [var name, var plain, var means]
        ? new() { Name = name, PlainName = Small(plain), Sentence = means, Examples = [], SeenIn = null }
        : throw new InvalidOperationException($"anomalies.md: no row of name, plain name and meaning: {row}");

    static AnomalyWords Section(string part)
    {
        var lines = part.Split('\n');
        var paragraphs = Paragraphs(lines).ToList();
        var (plain, sentence) = Told(paragraphs[0]);
        var seen = paragraphs.Find(one => one.StartsWith(Seen, StringComparison.Ordinal)
            && !one.StartsWith(SeenNowhere, StringComparison.Ordinal));
        return new()
        {
            Name = lines[0],
            PlainName = Small(plain),
            Sentence = sentence,
            Examples = [.. Examples(lines)],
            SeenIn = seen?[Seen.Length..].TrimEnd('.'),
        };
    }

    // "**Read skew.** What it is."
    static (string Plain, string Sentence) Told(string paragraph)
    {
        var end = paragraph.IndexOf(".** ", StringComparison.Ordinal);
        return paragraph.StartsWith("**", StringComparison.Ordinal) && end > 0
            ? (paragraph[2..end], paragraph[(end + 4)..])
            : throw new InvalidOperationException($"anomalies.md: no plain name begins \"{paragraph}\"");
    }

    static IEnumerable<string> Paragraphs(string[] lines)
    {
        var (paragraph, isCode) = (new List<string>(), false);
        foreach (var line in lines.Skip(1).Append(""))
        {
            isCode ^= line.StartsWith(Fence, StringComparison.Ordinal);
            if (line.Length > 0 && !isCode && !line.StartsWith(Fence, StringComparison.Ordinal))
                paragraph.Add(line);
            else if (paragraph.Count > 0)
            {
                yield return string.Join(' ', paragraph);
                paragraph.Clear();
            }
        }
    }

    static IEnumerable<AnomalyExample> Examples(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(History, StringComparison.Ordinal))
                continue;
            var end = Array.IndexOf(lines, Fence, i);
            yield return new(lines[i][History.Length..], string.Join('\n', lines[(i + 1)..end]));
            i = end;
        }
    }

    static string Small(string plain) => char.ToLowerInvariant(plain[0]) + plain[1..];

    static string Text()
    {
        using var stream = typeof(AnomalyPage).Assembly.GetManifestResourceStream("anomalies.md")
            ?? throw new InvalidOperationException("the page of anomalies was not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
