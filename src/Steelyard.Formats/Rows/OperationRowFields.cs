using Steelyard.Histories;

namespace Steelyard.Formats.Rows;

/// <summary>One operation as a line tells it.</summary>
internal struct OperationRowFields
{
    public int Line;
    public Value Process;

    /// <summary>Nanoseconds; null where the line does not say.</summary>
    public long? Start;
    public long? End;
    public long? Duration;

    /// <summary>The word of the function's column; null where there is no such column.</summary>
    public string? Function;
    public Value Key;
    public Value Input;
    public Value Output;

    /// <summary>The word of the outcome's column, empty where the cell is; null where there is no such
    /// column.</summary>
    public string? Outcome;
    public string? Error;
    public string? Node;
}
