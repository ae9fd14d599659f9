using System.Net;
using Steelyard.Plots;

namespace Steelyard.Report;

/// <summary>A page of words, tables and charts, without a script, in one file, by day and by night.</summary>
internal static class PlainPage
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

    /// <summary>The whole page.</summary>
    /// <param name="title">What it is called.</param>
    /// <param name="body">What stands on it, as HTML.</param>
    public static string Of(string title, string body) =>
        $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Text(title)} · Steelyard</title>
        <style>
        {s_style}
        </style></head><body>
        {body}
        </body></html>

        """;

    /// <summary>A chart on a wide page and on a narrow one, its curves' names above it.</summary>
    /// <param name="plot">It.</param>
    /// <param name="words">How to read it.</param>
    public static string Chart(Plot plot, string words) =>
        $"""
        <h2>{Text(Capital(plot.Title.Length > 0 ? plot.Title : plot.Y))}</h2>
        <figure><div class="key">{string.Concat(plot.Series.Select(
            (series, place) => $"<span class=\"k{place}\">{Text(series.Name)}</span>"))}</div>
        <div class="broad">{Drawn(plot, SvgPaper.Wide)}</div>
        <div class="narrow">{Drawn(plot, SvgPaper.Narrow)}</div>
        <figcaption>{Text(words)}</figcaption></figure>

        """;

    // What is written is as large on both; names and title stand above it.
    static string Drawn(Plot plot, SvgPaper paper) =>
        SvgPlot.Of(plot with { Title = "" }, paper with { HasLegend = false });

    /// <summary>A table.</summary>
    /// <param name="heads">The names of its columns, but for the first.</param>
    /// <param name="rows">Its rows.</param>
    public static string Table(IEnumerable<string> heads, IEnumerable<string> rows) =>
        $"""
        <div class="wide"><table><thead><tr><th></th>{string.Concat(heads.Select(
            head => $"<th>{Text(head)}</th>"))}</tr></thead>
        <tbody>{string.Concat(rows)}</tbody></table></div>
        """;

    /// <summary>A row of a table.</summary>
    public static string Row(string words, IEnumerable<string> cells) =>
        $"<tr><th>{Text(words)}</th>{string.Concat(cells)}</tr>";

    /// <summary>A cell of a row.</summary>
    /// <param name="kind">How it looks: <c>held</c>, <c>broke</c>, <c>open</c>, <c>soft</c>, or as
    /// usual.</param>
    /// <param name="text">What stands in it.</param>
    public static string Cell(string kind, string text) => $"<td class=\"{kind}\">{Text(text)}</td>";

    /// <summary>Lines, or else a word for none.</summary>
    public static string List(IEnumerable<string> lines, string none = "") =>
        string.Concat(lines.Select(line => $"<li>{Text(line)}</li>")) is { Length: > 0 } items
            ? $"<ul>{items}</ul>"
            : $"<p>{Text(none)}</p>";

    /// <summary>Text as it stands in HTML.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
