using System.Globalization;
using System.Text;
using Steelyard.Histories;

namespace Steelyard.Pipelines;

/// <summary>What was judged as Markdown, for the summary of a pipeline's step.</summary>
internal static class MarkdownReport
{
    // A hunt of thousands of seeds is summed up; a page of them helps nobody.
    const int MostRows = 20;

    /// <summary>Writes it.</summary>
    public static string Write(IReadOnlyList<PipelineSuite> suites)
    {
        var text = new StringBuilder();
        foreach (var suite in suites)
            Write(text, suite);
        return text.ToString();
    }

    static void Write(StringBuilder text, PipelineSuite suite)
    {
        Line(text, $"### {Mark(suite.Validity)} {Plain(suite.Name)}\n");
        foreach (var note in suite.Notes)
            Line(text, $"{Plain(note)}\n");
        var told = Told(suite);
        if (told.Count > 0)
        {
            Line(text, "| | judged | found |\n|---|---|---|");
            foreach (var one in told)
                Line(text, $"| {Mark(one.Validity)} | {Plain(one.Name)} | {Plain(Found(one))} |");
            Line(text, "");
        }

        if (suite.Cases.Count - told.Count is > 0 and var rest && told.Count > 0)
            Line(text, string.Create(CultureInfo.InvariantCulture, $"… and {rest:N0} more.\n"));
        var first = told.FirstOrDefault(one => one.Validity != Validity.Valid);
        if ((first?.Repeat ?? suite.Repeat) is { } repeat)
            Line(text, $"```\n{repeat}\n```\n");
    }

    // What did not hold first; of many, that alone.
    static List<PipelineCase> Told(PipelineSuite suite) =>
    [
        .. suite.Cases.Where(one => suite.Cases.Count <= MostRows || one.Validity != Validity.Valid)
            .OrderBy(one => one.Validity switch
            {
                Validity.Invalid => 0,
                Validity.Unknown => 1,
                _ => 2,
            }).Take(MostRows),
    ];

    static string Found(PipelineCase one) => one.Rule == one.Name || one.Validity == Validity.Valid
        ? one.Told
        : $"{one.Rule}: {one.Told}";

    static string Mark(Validity validity) => validity switch
    {
        Validity.Valid => "✅",
        Validity.Invalid => "❌",
        _ => "❔",
    };

    static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text)
            _ = letter switch
            {
                '\n' or '\r' => plain.Append(' '),
                '|' or '*' or '_' or '`' or '<' or '[' or ']' or '\\' => plain.Append('\\').Append(letter),
                _ => plain.Append(letter),
            };
        return plain.ToString();
    }

    static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
