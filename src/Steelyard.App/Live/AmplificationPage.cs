using Steelyard.Live.Amplification;
using Steelyard.Plots;
using Steelyard.Report;
using static Steelyard.Report.PlainPage;

namespace Steelyard.App.Live;

/// <summary>What stores were found to write, read and keep, on a page.</summary>
internal static class AmplificationPage
{
    /// <summary>The page as HTML.</summary>
    /// <param name="findings">What was found.</param>
    /// <param name="plot">What is written against what is read.</param>
    /// <param name="notes">How it was found.</param>
    /// <param name="again">The command that does it again.</param>
    public static string Of(
        IReadOnlyList<StoreFindings> findings, Plot plot, IReadOnlyList<string> notes, string again) =>
        PlainPage.Of(
        "What stores write, read and keep",
        $"""
        <h1>What stores write, read and keep for each byte that they are asked</h1>
        <p class="soft">{Text(notes[0])}</p>
        {List(AmplificationLines.Trade(findings))}
        <h2>Figures</h2>
        {Table(
            findings.Select(found => found.Store.Name),
            AmplificationLines.Table(findings).Select(
                row => Row(row.Title, row.Cells.Select(cell => Cell("", cell)))))}
        {Chart(plot, "Down and to the left is better: little is written and little read for what is asked.")}
        <h2>The stores</h2>
        {List(findings.Select(found => $"{found.Store.Name}: {found.Store.Summary}"))}
        <h2>How it was found</h2>
        {List(notes.Skip(1))}
        <h2>Again</h2>
        <p><code>{Text(again)}</code></p>
        <p class="soft">It was measured on one machine, and comes out otherwise on another.</p>
        """);
}
