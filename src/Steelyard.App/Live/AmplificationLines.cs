using System.Globalization;
using Steelyard.Analysis.Laws;
using Steelyard.Live.Amplification;
using Steelyard.Plots;

namespace Steelyard.App.Live;

/// <summary>What stores were found to write, read and keep, as a table: a store a column, and what it
/// means.</summary>
internal static class AmplificationLines
{
    /// <summary>The axis of what is written.</summary>
    public const string Written = "bytes written for each byte updated";

    /// <summary>The axis of what is read.</summary>
    public const string Read = "bytes read for each byte asked, cold";

    const int Width = 22;
    const int PlotWidth = 72;
    const int PlotLines = 12;

    /// <summary>The table, and what it says.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<StoreFindings> findings)
    {
        yield return Row("", findings.Select(found => found.Store.Name));
        foreach (var (title, cells) in Table(findings))
            yield return Row(title, cells);
        yield return "";
        foreach (var found in findings)
            yield return $"{found.Store.Name}: {found.Store.Summary}";
        foreach (var line in Trade(findings))
            yield return line;
        yield return "";
        foreach (var line in TerminalScatter.Lines(ScatterOf(findings), PlotWidth, PlotLines))
            yield return line;
    }

    /// <summary>The rows of the table: what was counted, and for each store how much.</summary>
    public static IEnumerable<(string Title, IEnumerable<string> Cells)> Table(
        IReadOnlyList<StoreFindings> findings) =>
    [
        .. Rows.Select(row => (row.Title, findings.Select(found => Shown(row.Figure(found))))),
        ("the device, least", findings.Select(found => Number(found.DeviceWrites("update")))),
    ];

    /// <summary>What an update makes a store write.</summary>
    public static Estimate Update(StoreFindings found) =>
        found.Over("update", phase => phase.WriteAmplification);

    /// <summary>What a single read makes it fetch, where nothing is in memory.</summary>
    public static Estimate ColdRead(StoreFindings found) =>
        found.Over("read-cold", phase => phase.ReadAmplification);

    /// <summary>How it was found, and whose thought it is.</summary>
    public static IReadOnlyList<string> Notes(AmplificationPlan plan, int repetitions) =>
    [
        string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.Records:N0} records of 8 + {plan.ValueBytes} bytes, {plan.Batch} a transaction that is"
            + $" synced, {plan.MemoryBytes / 1024:N0} KiB of memory; {Times(repetitions)}"),
        "written: what the store gave to the kernel (wchar), with what it put off, for each byte written",
        "the device, least: what all processes gave it during the updates, in the quietest repetition",
        "read: what came from the device (read_bytes) for each byte asked; cold is with an empty page cache",
        "of read, update and memory costs a structure keeps two low at most (RUM conjecture: Athanassoulis"
            + " et al., EDBT 2016)",
    ];

    static string Times(int repetitions) => repetitions == 1
        ? "once"
        : FormattableString.Invariant($"{repetitions} times (mean, 95 % interval)");

    static (string Title, Func<StoreFindings, Estimate> Figure)[] Rows =>
    [
        ("written, load", found => found.Over("load", phase => phase.WriteAmplification)),
        ("written, update", Update),
        ("read, one, cold", ColdRead),
        ("read, one, warm", found => found.Over("read-warm", phase => phase.ReadAmplification)),
        ("read, range, cold", found => found.Over("scan-cold", phase => phase.ReadAmplification)),
        ("files for each byte", found => found.SpaceAmplification),
        ("updates a second", found => found.Over("update", phase => phase.PerSecond)),
        ("reads a second, cold", found => found.Over("read-cold", phase => phase.PerSecond)),
        ("reads a second, warm", found => found.Over("read-warm", phase => phase.PerSecond)),
    ];

    /// <summary>What one store gives for what it takes, beside another. What is said was found here: it is
    /// left out where it was not.</summary>
    public static IEnumerable<string> Trade(IReadOnlyList<StoreFindings> findings)
    {
        if (findings.FirstOrDefault(found => found.Store.Name == "rocksdb") is not { } tree)
            yield break;
        foreach (var other in findings.Where(found => found.Store.Name is "lmdb" or "sqlite"))
        {
            var writes = Update(other).Value / Update(tree).Value;
            var reads = ColdRead(tree).Value / ColdRead(other).Value;
            var space = tree.SpaceAmplification.Value / other.SpaceAmplification.Value;
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"An update costs {other.Store.Name} {writes:0.0} times what it costs rocksdb; a cold read"
                + $" costs rocksdb {reads:0.0} times, and its files take {space:0.0} times the room.");
        }
    }

    static ScatterPlot ScatterOf(IReadOnlyList<StoreFindings> findings) => new(
        Written, Read,
        [
            .. findings.Select(found => new ScatterMark(
                Update(found).Value, ColdRead(found).Value, '*', found.Store.Name)),
        ]);

    static string Row(string title, IEnumerable<string> cells) =>
        string.Concat(cells.Prepend(title).Select(cell => cell.PadRight(Width))).TrimEnd();

    static string Shown(Estimate estimate) => estimate.High == estimate.Low
        ? Number(estimate.Value)
        : $"{Number(estimate.Value)} ± {Number((estimate.High - estimate.Low) / 2)}";

    static string Number(double value) => double.IsNaN(value) ? "not counted" : value.ToString(
        value switch { >= 100 => "#,0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture);
}
