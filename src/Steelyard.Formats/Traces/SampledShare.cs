namespace Steelyard.Formats.Traces;

/// <summary>What the state of a trace says of sampling: <c>ot=th:c</c> is the threshold below which traces
/// were dropped ("TraceState: Probability Sampling" of OpenTelemetry); none were where it is 0.</summary>
internal static class SampledShare
{
    /// <summary>Whether a state tells that traces were dropped.</summary>
    public static bool IsTold(ReadOnlySpan<byte> state)
    {
        var vendor = state.IndexOf("ot="u8);
        if (vendor < 0 || (vendor > 0 && state[vendor - 1] is not ((byte)',' or (byte)' ')))
            return false;
        var own = state[(vendor + 3)..];
        if (own.IndexOf((byte)',') is >= 0 and var end)
            own = own[..end];
        foreach (var range in own.Split((byte)';'))
            if (own[range] is [(byte)'t', (byte)'h', (byte)':', .. var threshold])
                return threshold.IndexOfAnyExcept((byte)'0') >= 0;
        return false;
    }
}
