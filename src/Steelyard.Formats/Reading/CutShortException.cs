namespace Steelyard.Formats.Reading;

/// <summary>The bytes end in the middle of something. The file reader turns it into a mistake or a partial
/// history.</summary>
internal sealed class CutShortException(string what, int line, int column) : Exception(what)
{
    /// <summary>Where the thing that never ended begins, or where the bytes end; 1-based.</summary>
    public int Line { get; } = line;

    /// <summary>1-based, in bytes.</summary>
    public int Column { get; } = column;

    /// <summary>The same as a line that names the file.</summary>
    public string In(string name) => $"{name} is cut short at line {Line} column {Column}: {Message}";
}
