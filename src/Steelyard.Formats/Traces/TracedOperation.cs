using Steelyard.Histories;

namespace Steelyard.Formats.Traces;

/// <summary>An operation that a span shows, by the clock of the host that recorded it.</summary>
/// <param name="Span">The span's number in its table.</param>
/// <param name="Clock">The clock's number.</param>
/// <param name="Function">What was asked.</param>
/// <param name="Key">What it was asked of; nil is nothing.</param>
/// <param name="Input">The argument.</param>
/// <param name="Output">The answer.</param>
/// <param name="Outcome">How it ended; never open.</param>
/// <param name="Process">Who asked; nil makes it a process of its own.</param>
/// <param name="StartNs">By that clock, in ns since 1970.</param>
/// <param name="EndNs">By that clock, in ns since 1970.</param>
internal sealed record TracedOperation(
    int Span, int Clock, string Function, Value Key, Value Input, Value Output, Outcome Outcome,
    Value Process, long StartNs, long EndNs);
