using System.Text;
using Steelyard.Histories;
using Steelyard.Plots;
using Steelyard.Report;
using Steelyard.Worlds.Contracts;
using static Steelyard.Report.PlainPage;

namespace Steelyard.Comparisons.Variants;

/// <summary>The page of a comparison: a row a variant, every cell a link to a run, small charts side by side,
/// and what is known without a run.</summary>
/// <param name="comparison">What is shown.</param>
/// <param name="runs">Where the page of each run stands, as seen from here.</param>
internal sealed class VariantPage(
    VariantComparison comparison, IReadOnlyDictionary<(string Variant, Seed Seed), string> runs)
{
    static readonly string s_style =
        $$"""
        <style>body { max-width: 1280px } td a { color: inherit; text-underline-offset: 3px;
          text-decoration-color: var(--rule) } td a:hover { text-decoration-color: currentColor }
        .charts { display: grid; gap: 20px 28px;
          grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)) }
        .small figcaption { color: var(--ink); font-weight: 600; font-size: .95rem }
        .small .grid { stroke: var(--rule) } .small text { font: 12px system-ui, sans-serif }
        .small .ink { fill: var(--ink) } .small .faint { fill: var(--soft) }
        {{PlotColours.Rules((place, light, dark) =>
            $".small .s{place} {{ color: light-dark({light}, {dark}) }}")}}
        .small line:not(.grid), .small circle { stroke: currentColor; fill: currentColor }
        .known { display: grid; grid-template-columns: minmax(120px, 200px) 1fr; gap: 6px 20px; margin: 0 }
        .known dt { font-weight: 600 } .known dd { margin: 0 0 10px }
        @media (max-width: 640px) { .known { display: block } }
        @media print { .wide { overflow: visible } a { text-decoration: none } } </style>
        """;

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to; left open.</param>
    public void Write(Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true);
        writer.Write(Html());
    }

    string Html() => PlainPage.Of(
        $"{Design}, {comparison.Variants.Count} variants",
        $"""
        {s_style}
        <h1>{Text(Design)}: {comparison.Variants.Count} variants, side by side</h1>
        <p>{Text(comparison.Headline)}</p>
        <p class="soft">The same seeds and the same faults for each: {Text(comparison.Same)}. Every cell opens
        a run.</p>
        <h2>Promises</h2>
        {Table(comparison.Promises, comparison.Variants.Select(one => Row(one.Name, Promises(one))))}
        <h2>Figures, means over the seeds with 95 % intervals</h2>
        {Table(
            comparison.Figures.Select(figure => figure.Head),
            comparison.Variants.Select(one => Row(one.Name, Figures(one))))}
        <h2>Side by side</h2>
        <div class="charts">{string.Concat(
            comparison.Figures.Select(figure => VariantChart.Of(figure, comparison.Variants)))}</div>
        {Known()}
        {Refused()}
        <h2>Again</h2>
        <p><code>{Text(comparison.Repeat)}</code></p>
        """);

    string Design => comparison.Result.Request.What.Design.Name;

    IEnumerable<string> Promises(ComparedVariant variant) => comparison.Promises.Select(
        promise => variant.Promises.FirstOrDefault(one => one.Promise == promise) is { } tally
            ? LinkCell(Kind(tally.Validity), tally.Words, variant, tally.First ?? variant.Shown)
            : Cell("soft", "not promised"));

    IEnumerable<string> Figures(ComparedVariant variant) => comparison.Figures.Select(
        figure => LinkCell("", figure.Words(variant.Point), variant, variant.Shown));

    string LinkCell(string kind, string text, ComparedVariant variant, Seed seed) =>
        runs.TryGetValue((variant.Name, seed), out var page)
            ? $"<td class=\"{kind}\"><a href=\"{Text(page.Replace('\\', '/'))}\">{Text(text)}</a></td>"
            : Cell(kind, text);

    string Known() => comparison.Variants.Any(one => one.Known is not null)
        ? $"""
        <h2>What is known without a run</h2>
        <dl class="known">{string.Concat(
            comparison.Variants.Where(one => one.Known is not null).Select(Known))}</dl>
        """
        : "";

    static string Known(ComparedVariant variant) =>
        $"""
        <dt>{Text(variant.Name)}</dt><dd>{Text(variant.Known!.Sentence)}{(variant.Known.Source is { } source
            ? $" <span class=\"soft\">({Text(source)})</span>" : "")}<br>Choose it if {Text(
                variant.Known.ChooseIf)}.</dd>
        """;

    string Refused() => comparison.Result.Refused.Count == 0 ? ""
        : $"<h2>What the design refuses</h2>{List(comparison.Result.Refused.Select(
            one => $"{one.Name}: {one.Why}"))}";

    static string Kind(Validity validity) => validity switch
    {
        Validity.Valid => "held",
        Validity.Invalid => "broke",
        _ => "open",
    };
}
