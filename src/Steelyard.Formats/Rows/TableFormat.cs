namespace Steelyard.Formats.Rows;

/// <summary>Tables in text: CSV and TSV.</summary>
internal abstract class TableFormat : RowFormat
{
    /// <summary>What may stand between columns.</summary>
    protected abstract string Separators { get; }

    internal sealed override bool IsBegunBy(FileHead head) => Separators.Any(
        separator => HeaderOf(head.FirstLine, separator) is not null);

    internal sealed override bool CanBegin(FileHead head) =>
        head.Text[0] is not ('{' or '[') && head.FirstLine.AsSpan().ContainsAny(Separators);

    protected sealed override void ReadRows(
        Stream stream, string name, OperationMap? map, IntervalRows rows) =>
        new TableRows(stream, name, Separators, map, rows).ReadAll();
}
