using System.Net;
using System.Text;
using Steelyard.Histories;
using Steelyard.Plots;

namespace Steelyard.SideBySide;

/// <summary>The page of a comparison: tables, charts and words, without a script, in one file.</summary>
internal static class WorldsPage
{
    static readonly string s_style =
        $$"""
        :root { color-scheme: light dark; --paper: light-dark(#fdfcf9, #151413);
          --ink: light-dark(#1d1b18, #ece8e0); --soft: light-dark(#5f5b53, #aaa59b);
          --rule: light-dark(#dcd8ce, #37342f); --held: light-dark(#00694f, #4fc3a1);
          --broke: light-dark(#b0330a, #ff8f63); --open: light-dark(#795600, #e3b341); }
        body { background: var(--paper); color: var(--ink); max-width: 860px; margin: 0 auto;
          padding: 24px 16px 64px; font: 16px/1.55 "Iowan Old Style", Charter, "Liberation Serif", serif; }
        h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 4px }
        h2 { font-size: 1.15rem; margin: 36px 0 8px }
        p { margin: 6px 0 } .soft, figcaption { color: var(--soft) } figcaption { font-size: .92rem }
        figure { margin: 0 } .wide { overflow-x: auto } svg { display: block; width: 100% }
        svg .paper { fill: none } .narrow { display: none }
        table { border-collapse: collapse; width: 100%; font: 14px/1.4 system-ui, sans-serif }
        th, td { padding: 5px 10px; border-bottom: 1px solid var(--rule); text-align: right;
          white-space: nowrap }
        th:first-child, td:first-child { text-align: left; padding-left: 0 } thead th { font-weight: 600 }
        tbody th { font-weight: 400 }
        .held { color: var(--held) } .open { color: var(--open) }
        .broke { color: var(--broke); font-weight: 600 }
        code { font: 13px/1.5 ui-monospace, "Liberation Mono", monospace; overflow-wrap: anywhere }
        .key { display: flex; font: 14px system-ui, sans-serif; gap: 4px 14px; flex-wrap: wrap }
        .key span::before { content: ""; display: inline-block; width: 12px; height: 12px; margin-right: 6px }
        {{PlotColours.Rules((place, light, dark) =>
            $".k{place}::before {{ background: light-dark({light}, {dark}) }}")}}
        @media (max-width: 640px) { th, td { padding: 5px 6px; font-size: 13px } th { white-space: normal }
          .broad { display: none } .narrow { display: block } }
        li { margin: 4px 0 } ul { padding-left: 20px; margin: 6px 0 }
        """;

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to; left open.</param>
    /// <param name="comparison">What it shows.</param>
    public static void Write(Stream output, WorldComparison comparison)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true);
        writer.Write(Html(comparison));
    }

    static string Html(WorldComparison all) =>
        $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Text(all.Design)}, simulated and live · Steelyard</title>
        <style>
        {s_style}
        </style></head><body>
        <h1>{Text(all.Design)}: one definition, simulated and live</h1>
        <p class="soft">{Text(all.Load)}, seed {all.Columns[0].Result.Seed}</p>
        <h2>What broke</h2>
        {List(all.Faults)}
        <h2>Promises</h2>
        {Table(all, all.Promises.Select(
            promise => Row(all, promise, column => Verdict(column, promise))))}
        <h2>Where they differ</h2>
        {List(all.Differences)}
        <h2>What is not the same from the outset</h2>
        {List(all.Unlike)}
        <h2>Figures</h2>
        {Table(all, all.Figures.Select(
            figure => Row(all, figure.Words, column => Cell("", figure.Of(column)))))}
        {string.Concat(WorldPlots.Of(all).Select(chart => Figure(all, chart)))}
        <h2>What was found wrong</h2>
        {List(Findings(all), "nothing")}
        <h2>Again</h2>
        {string.Concat(all.Columns.Select(column => column.Command).Prepend(all.Repeat).Distinct().Select(
            command => $"<p><code>{Text(command)}</code></p>"))}
        <p class="soft">What is simulated comes out the same each time; what is live may not.</p>
        </body></html>

        """;

    static string Figure(WorldComparison all, (Plot Plot, string Words) chart) =>
        $"""
        <h2>{Text(Capital(chart.Plot.Y))}</h2>
        <figure><div class="key">{string.Concat(all.Columns.Select(
            (column, place) => $"<span class=\"k{place}\">{Text(column.Name)}</span>"))}</div>
        <div class="broad">{Drawn(chart.Plot, SvgPaper.Wide)}</div>
        <div class="narrow">{Drawn(chart.Plot, SvgPaper.Narrow)}</div>
        <figcaption>{Text(chart.Words)}</figcaption></figure>

        """;

    // What is written is as large on both, and the names of the runs stand above it.
    static string Drawn(Plot plot, SvgPaper paper) => SvgPlot.Of(plot, paper with { HasLegend = false });

    static IEnumerable<string> Findings(WorldComparison all) =>
        from column in all.Columns
        from verdict in column.Result.Verdicts
        where verdict.Validity != Validity.Valid
        select $"{column.Name}, {verdict.Checker}: {verdict.Summary}";

    static string Table(WorldComparison all, IEnumerable<string> rows) =>
        $"""
        <div class="wide"><table><thead><tr><th></th>{string.Concat(all.Columns.Select(
            column => $"<th>{Text(column.Name)}</th>"))}</tr></thead>
        <tbody>{string.Concat(rows)}</tbody></table></div>
        """;

    static string Row(WorldComparison all, string words, Func<WorldColumn, string> cell) =>
        $"<tr><th>{Text(words)}</th>{string.Concat(all.Columns.Select(cell))}</tr>";

    static string Verdict(WorldColumn column, string promise) => column.Found(promise)?.Validity switch
    {
        Validity.Valid => Cell("held", "held"),
        Validity.Invalid => Cell("broke", "broken"),
        Validity.Unknown => Cell("open", "open"),
        _ => Cell("soft", "–"),
    };

    static string Cell(string kind, string text) => $"<td class=\"{kind}\">{Text(text)}</td>";

    static string List(IEnumerable<string> lines, string none = "") =>
        string.Concat(lines.Select(line => $"<li>{Text(line)}</li>")) is { Length: > 0 } items
            ? $"<ul>{items}</ul>"
            : $"<p>{Text(none)}</p>";

    static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    static string Text(string text) => WebUtility.HtmlEncode(text);
}
