namespace Steelyard.Formats.Rows;

/// <summary>The same with tabs.</summary>
internal sealed class TsvFormat : TableFormat
{
    public override string Name => "tsv";

    public override string Sample => "the same with tabs";

    protected override string Separators => "\t";
}
