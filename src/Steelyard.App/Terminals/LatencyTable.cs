using Spectre.Console;
using Steelyard.Histories.Measuring;

namespace Steelyard.App.Terminals;

/// <summary>The latencies of a run as one table: a row for each function, a column for each
/// percentile.</summary>
internal sealed class LatencyTable
{
    const string Start = "latency-";
    static readonly string[] Columns = ["p50", "p95", "p99", "p99.9", "max"];

    readonly List<Measurement> _held = [];

    public LatencyTable(IReadOnlyList<Measurement> measurements)
    {
        foreach (var measurement in measurements)
            if (ColumnOf(measurement) is { } column
                && measurement.Id.StartsWith(Start, StringComparison.Ordinal))
            {
                _held.Add(measurement);
                var row = RowOf(measurement, column);
                if (!Rows.Contains(row, StringComparer.Ordinal))
                    Rows.Add(row);
            }
    }

    /// <summary>What has latencies: everything together first (the empty name), then each function.</summary>
    public List<string> Rows { get; } = [];

    public bool Holds(Measurement measurement) => _held.Contains(measurement);

    public Table Draw()
    {
        var table = Plain();
        table.AddColumn(Column($"[bold]Latency, {(AreLong ? "s" : "ms")}[/]", isRight: false));
        foreach (var column in Columns)
            table.AddColumn(Column(column, isRight: true));
        table.AddColumn(Column("[grey]samples[/]", isRight: true));
        foreach (var row in Rows)
            table.AddRow([.. Cells(row)]);
        return table;
    }

    public static Table Plain() => new() { Border = TableBorder.None, ShowHeaders = true };

    public static TableColumn Column(string title, bool isRight) =>
        new(title) { NoWrap = true, Alignment = isRight ? Justify.Right : Justify.Left };

    // Minutes are not read in milliseconds.
    bool AreLong =>
        _held.Where(one => one.Id.EndsWith("-p50", StringComparison.Ordinal)).ToList() is { Count: > 0 } half
        && half.All(one => one.Value > 60_000);

    IEnumerable<string> Cells(string row)
    {
        yield return $"  {(row.Length == 0 ? "all" : Markup.Escape(row.Replace('-', ' ')))}";
        var samples = 0L;
        foreach (var column in Columns)
        {
            var cell = _held.Find(
                measurement => ColumnOf(measurement) == column && RowOf(measurement, column) == row);
            samples = Math.Max(samples, cell?.Samples ?? 0);
            yield return cell is null ? ""
                : MeasuredValue.Of(AreLong ? cell with { Value = cell.Value / 1_000 } : cell);
        }

        yield return $"[grey]{samples:N0}[/]";
    }

    static string? ColumnOf(Measurement measurement) =>
        Array.Find(Columns, column => measurement.Id.EndsWith($"-{column}", StringComparison.Ordinal));

    /// <summary>What stands between <c>latency-</c> and the percentile; nothing for everything
    /// together.</summary>
    static string RowOf(Measurement measurement, string column)
    {
        var from = Start.Length;
        var to = measurement.Id.Length - column.Length - 1;
        return to <= from ? "" : measurement.Id[from..to];
    }
}
