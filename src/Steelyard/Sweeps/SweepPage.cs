using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Steelyard.Report;

namespace Steelyard.Sweeps;

/// <summary>The page of a sweep: it holds its script, its style and its data, and opens offline.</summary>
internal static class SweepPage
{
    /// <summary>Writes it.</summary>
    /// <param name="output">Where to; left open.</param>
    /// <param name="data">What it shows.</param>
    public static void Write(Stream output, SweepData data) => ReportPage.Write(
        output, "sweep.html", data.Title, Plain(data), Json(data));

    static string Json(SweepData data) => JsonSerializer.Serialize(
        data,
        new SweepDataJson(new JsonSerializerOptions(SweepDataJson.Default.Options)
        {
            // All letters stay readable; <, >, & and quotes are escaped whatever the range.
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        }).SweepData);

    // What a reader without scripts sees.
    static string Plain(SweepData data) =>
        $"<h1>{Encode(data.Headline)}</h1><ul>{string.Concat(data.Points.Select(Plain))}</ul>";

    static string Plain(PointData point)
    {
        var figures = string.Join(", ", point.Figures.Select(figure => figure?.Text ?? "none"));
        return $"<li><b>{Encode(point.Name)}</b> {Encode(point.StandingWords)}: {Encode(figures)}</li>";
    }

    static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
