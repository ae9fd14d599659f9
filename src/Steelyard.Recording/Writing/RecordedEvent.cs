using System.Runtime.InteropServices;
using Steelyard.Histories;

namespace Steelyard.Recording.Writing;

/// <summary>One event that waits for the disk.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct RecordedEvent
{
    public Value Key;
    public Value Payload;
    public string Function;

    /// <summary>The node of an invocation, the error of a completion; the fault event, or the phase that
    /// begins, where <see cref="Process"/> is below 0.</summary>
    public object? Besides;

    public long TimeNs;
    public int Process;
    public Outcome Outcome;

    /// <summary>Of an invocation: whether its process was lent to it.</summary>
    public bool IsLone;
}
