using Spectre.Console;
using Steelyard.Analysis.Measurements;
using Steelyard.Histories.Measuring;

namespace Steelyard.App.Terminals;

/// <summary>All that was measured, as tables: latencies, what was answered, and the rest.</summary>
internal sealed class MeasureTables(Terminal terminal, RunMeasures measures)
{
    public void Write()
    {
        var latencies = new LatencyTable(measures.Measurements);
        terminal.Console.WriteLine();
        if (latencies.Rows.Count > 0)
        {
            terminal.Console.Write(latencies.Draw());
            terminal.Console.WriteLine();
        }

        terminal.Console.Write(new AvailabilityTable(measures).Draw());
        terminal.Console.WriteLine();
        var table = LatencyTable.Plain();
        var hasIntervals = measures.Measurements.Any(one => one.Low is not null);
        foreach (var (title, isRight) in new[] { ("[bold]Measured[/]", false), ("", true), ("", false), (
            hasIntervals ? "95 %" : "", false), ("[grey]samples[/]", true) })
            table.AddColumn(LatencyTable.Column(title, isRight));
        // A latency of the other table that has an interval stands here too.
        foreach (var measurement in measures.Measurements.Where(one => one.Low is not null
                     || (!latencies.Holds(one) && !AvailabilityTable.Holds(one))))
            table.AddRow(
                $"  {Markup.Escape(measurement.Words)}", Markup.Escape(MeasuredValue.Of(measurement)),
                Markup.Escape(MeasuredValue.UnitOf(measurement)), Interval(measurement),
                $"[grey]{measurement.Samples:N0}[/]");
        terminal.Console.Write(table);
    }

    static string Interval(Measurement measurement) =>
        measurement is not { Low: { } low, High: { } high } ? ""
        : $"{MeasuredValue.Of(measurement with { Value = low })} to"
            + $" {MeasuredValue.Of(measurement with { Value = high })}";
}
