using Spectre.Console;
using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Comparisons;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Sweeps;

namespace Steelyard.App.Terminals;

/// <summary>A run against a variant of it, a sentence for each figure.</summary>
internal sealed class PairLines(Terminal terminal, ComparedPair pair, IReadOnlyList<string> against)
{
    const int MostNamed = 8;

    public void Write(TimeSpan elapsed)
    {
        var request = pair.Result.Request;
        terminal.Console.MarkupLine(
            $"[bold]{Markup.Escape(request.What.Design.Name)}[/]: as it is and with"
            + $" {Markup.Escape(pair.Second.Point.Name)}, {pair.Result.Runs:N0} runs"
            + FormattableString.Invariant($" in {elapsed.TotalSeconds:0.0} s"));
        if (pair.Result.IsPartial)
            terminal.Line("PARTIAL: stopped before the end.");
        terminal.Line("");
        foreach (var compared in pair.Headline.Where(one => one.Standing != Standing.Same))
            terminal.Line(ComparedPair.Sentence(compared));
        if (pair.Headline.Where(one => one.Standing == Standing.Same).ToList() is { Count: > 0 } same)
            terminal.Line(ComparedPair.SameSentence(same));
        terminal.Line("");
        WriteBesides([.. pair.DifferentBesides]);
        terminal.Line("Each at 95 %: of twenty figures that do not differ one is told to.");
        foreach (var point in new[] { pair.First, pair.Second }.Where(one => one.Validity != Validity.Valid))
            terminal.Line($"{point.Point.Name}: {SweepWords.Verdict(point)}.");
        terminal.Line($"Repeat   {terminal.Named(RunCommand.Seeded(
            request.What.Spec, against, request.Seeds.Seeds))}");
    }

    void WriteBesides(IReadOnlyList<string> ids)
    {
        if (ids.Count > 0)
            terminal.Line($"Different besides: {string.Join(", ", ids.Take(MostNamed))}"
                + $"{(ids.Count > MostNamed ? $" and {ids.Count - MostNamed} more" : "")} (--json tells by"
                + " how much).");
    }
}
