using Spectre.Console;
using Steelyard.Analysis.Measurements;

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
        foreach (var (title, isRight) in new[] { ("[bold]Measured[/]", false), ("", true), ("", false), (
            "[grey]samples[/]", true) })
            table.AddColumn(LatencyTable.Column(title, isRight));
        foreach (var measurement in measures.Measurements
                     .Where(one => !latencies.Holds(one) && !AvailabilityTable.Holds(one)))
            table.AddRow(
                $"  {Markup.Escape(measurement.Words)}", Markup.Escape(MeasuredValue.Of(measurement)),
                Markup.Escape(MeasuredValue.UnitOf(measurement)), $"[grey]{measurement.Samples:N0}[/]");
        terminal.Console.Write(table);
    }
}
