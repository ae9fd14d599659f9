namespace Steelyard.Formats.Rows;

/// <summary>CSV (RFC 4180) with a header, also with semicolons or bars.</summary>
internal sealed class CsvFormat : TableFormat
{
    public override string Name => "csv";

    public override string Sample => "client,start,end,op,… a line, with --map";

    protected override string Separators => ",;|";
}
