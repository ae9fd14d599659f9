using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Steelyard.Runs;

namespace Steelyard.Report;

/// <summary>
/// The report: one page that holds its script, its style and its data, and opens offline. The page is made
/// from <c>web/</c> when Steelyard is built; here its data is put in.
/// </summary>
internal static class ReportPage
{
    const string DataMark = "/*report-data*/";
    const string TitleMark = "<!--report-title-->";
    const string PlainMark = "<!--report-plain-->";

    /// <summary>Writes the report of a run.</summary>
    /// <param name="output">Where to; left open.</param>
    /// <param name="run">What it gave.</param>
    /// <param name="commands">How to repeat it, shown in this order.</param>
    /// <param name="trace">What was traced as it ran, for the space-time diagram; null draws the operations
    /// alone.</param>
    public static void Write(Stream output, RunResult run, IReadOnlyList<RepeatCommand> commands,
        RunTrace? trace) =>
        Write(output, RunReport.Of(run, commands, trace));

    /// <summary>Writes the report of a recorded history: the same page, without the parts that have no
    /// data.</summary>
    /// <param name="output">Where to; left open.</param>
    /// <param name="check">What was judged.</param>
    /// <param name="commands">How to repeat it, shown in this order.</param>
    public static void Write(Stream output, CheckedHistory check, IReadOnlyList<RepeatCommand> commands) =>
        Write(output, CheckReport.Of(check, commands));

    internal static void Write(Stream output, ReportData data) =>
        Write(output, "report.html", data.Title, Plain(data), Json(data));

    /// <summary>Writes one of the pages that are embedded.</summary>
    /// <param name="output">Where to; left open.</param>
    /// <param name="template">Which.</param>
    /// <param name="title">Its title.</param>
    /// <param name="plain">What a reader without scripts sees, as HTML.</param>
    /// <param name="json">Its data, as JSON that may stand inside a script element.</param>
    internal static void Write(Stream output, string template, string title, string plain, string json)
    {
        var page = Template(template)
            .Replace(TitleMark, HtmlEncoder.Default.Encode($"{title} · Steelyard"), StringComparison.Ordinal)
            .Replace(PlainMark, plain, StringComparison.Ordinal);
        var at = page.IndexOf(DataMark, StringComparison.Ordinal);
        using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true);
        writer.Write(page.AsSpan(0, at));
        writer.Write(json);
        writer.Write(page.AsSpan(at + DataMark.Length));
    }

    /// <summary>The data as JSON that may stand inside a script element: <c>&lt;</c> and its kin are
    /// escaped.</summary>
    internal static string Json(ReportData data)
    {
        var options = new JsonSerializerOptions(ReportJson.Default.Options)
        {
            // All letters stay readable; <, >, & and quotes are escaped whatever the range.
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        };
        return JsonSerializer.Serialize(data, new ReportJson(options).ReportData);
    }

    // What a reader without scripts sees.
    static string Plain(ReportData data)
    {
        var text = new StringBuilder();
        text.Append("<h1>").Append(Encode(data.Headline)).Append("</h1><ul>");
        foreach (var promise in data.Promises)
            text.Append("<li><b>").Append(Encode(promise.Verdict)).Append("</b> ").Append(
                Encode(promise.Words))
                .Append(": ").Append(Encode(promise.Summary)).Append("</li>");
        return text.Append("</ul>").ToString();
    }

    static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    static string Template(string name)
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} was not embedded when Steelyard was built");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
