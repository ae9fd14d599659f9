using System.Text;
using Steelyard.Histories;
using Steelyard.Report;
using static Steelyard.Report.PlainPage;

namespace Steelyard.SideBySide;

/// <summary>The page of a comparison: tables, charts and words, without a script, in one file.</summary>
internal static class WorldsPage
{
    /// <summary>Writes it.</summary>
    /// <param name="output">Where to; left open.</param>
    /// <param name="comparison">What it shows.</param>
    public static void Write(Stream output, WorldComparison comparison)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true);
        writer.Write(Html(comparison));
    }

    static string Html(WorldComparison all) => PlainPage.Of(
        $"{all.Design}, simulated and live",
        $"""
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
        {string.Concat(WorldPlots.Of(all).Select(chart => Chart(chart.Plot, chart.Words)))}
        <h2>What was found wrong</h2>
        {List(Findings(all), "nothing")}
        <h2>Again</h2>
        {string.Concat(all.Columns.Select(column => column.Command).Prepend(all.Repeat).Distinct().Select(
            command => $"<p><code>{Text(command)}</code></p>"))}
        <p class="soft">What is simulated comes out the same each time; what is live may not.</p>
        """);

    static IEnumerable<string> Findings(WorldComparison all) =>
        from column in all.Columns
        from verdict in column.Result.Verdicts
        where verdict.Validity != Validity.Valid
        select $"{column.Name}, {verdict.Checker}: {verdict.Summary}";

    static string Table(WorldComparison all, IEnumerable<string> rows) =>
        PlainPage.Table(all.Columns.Select(column => column.Name), rows);

    static string Row(WorldComparison all, string words, Func<WorldColumn, string> cell) =>
        PlainPage.Row(words, all.Columns.Select(cell));

    static string Verdict(WorldColumn column, string promise) => column.Found(promise)?.Validity switch
    {
        Validity.Valid => Cell("held", "held"),
        Validity.Invalid => Cell("broke", "broken"),
        Validity.Unknown => Cell("open", "open"),
        _ => Cell("soft", "–"),
    };
}
