using Steelyard.Histories;

namespace Steelyard.Formats.Traces.Otlp;

/// <summary>Times of spans: nanoseconds since 1970.</summary>
internal static class SpanTimes
{
    // Half of what the type holds, so that times and offsets add up without running over: until 2116.
    const ulong Last = long.MaxValue / 2;

    /// <summary>A time from its number.</summary>
    /// <exception cref="UserMistakeException">It is out of range.</exception>
    public static long Of(ulong number) => number <= Last ? (long)number
        : throw new UserMistakeException($"expected nanoseconds since 1970, found {number}");

    /// <summary>Looks whether a span ends after it began.</summary>
    /// <exception cref="UserMistakeException">It does not.</exception>
    public static void MustFit(in SpanRecord span)
    {
        if (span.StartNs == 0)
            throw new UserMistakeException($"expected a start of span {span.IdText}, found none");
        if (span.EndNs < span.StartNs)
            throw new UserMistakeException(
                $"expected an end of span {span.IdText} not before its start {span.StartNs}, found"
                    + $" {span.EndNs}");
    }
}
