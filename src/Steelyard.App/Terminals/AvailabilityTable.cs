using Spectre.Console;
using Steelyard.Analysis.Measurements;
using Steelyard.Histories.Measuring;

namespace Steelyard.App.Terminals;

/// <summary>How many of the requests that were due were answered, in all and side by side while the cluster
/// was cut apart.</summary>
internal sealed class AvailabilityTable(RunMeasures measures)
{
    /// <summary>True for a measurement that stands in this table.</summary>
    public static bool Holds(Measurement measurement) =>
        measurement.Id.StartsWith("availability", StringComparison.Ordinal) && measurement.Unit == "share"
        && measurement.Id != "availability-worst-window";

    public Table Draw()
    {
        var table = LatencyTable.Plain();
        table.AddColumn(LatencyTable.Column("[bold]Answered, of the requests due[/]", isRight: false));
        var limit = LimitText.Of(measures.Availability.Limit);
        table.AddColumn(LatencyTable.Column($"within {limit}", isRight: true));
        table.AddColumn(LatencyTable.Column("ever", isRight: true));
        table.AddColumn(LatencyTable.Column("[grey]due[/]", isRight: true));
        AddRow(table, "all", measures.Availability.All);
        foreach (var side in measures.Availability.Sides)
            AddRow(table, $"while cut apart, {Name(side)}", side.Counts);
        return table;
    }

    static void AddRow(Table table, string name, RequestCounts counts) => table.AddRow(
        $"  {Markup.Escape(name)}",
        Share(counts.Answered, counts.Due),
        Share(counts.AnsweredEver, counts.Due),
        $"[grey]{counts.Due:N0}[/]");

    static string Share(long part, long due) =>
        due == 0 ? "none due" : part == 0 ? "none" : ShareText.Percent((double)part / due);

    static string Name(NamedAvailability side)
    {
        const int most = 5;
        var nodes = string.Join(' ', side.Nodes);
        return side.Nodes.Count is 0 or > most || nodes == side.Name ? side.Name : $"{side.Name} ({nodes})";
    }
}
