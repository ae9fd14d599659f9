using Steelyard.Histories;

namespace Steelyard.Formats.Rows;

/// <summary>One whole operation, as it will stand in the history.</summary>
internal struct IntervalRow
{
    public long Start;

    /// <summary><see cref="long.MaxValue"/> when it never ended.</summary>
    public long End;
    public int Process;
    public int Line;
    public string Function;
    public Value Key;
    public Value Input;
    public Value Output;
    public Outcome Outcome;
    public string? Error;
    public string? Node;

    /// <summary>True when the end stands in the history.</summary>
    public readonly bool HasEnd => End != long.MaxValue;
}
