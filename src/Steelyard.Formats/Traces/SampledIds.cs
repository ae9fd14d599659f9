namespace Steelyard.Formats.Traces;

/// <summary>
/// Finds out from the ids of traces alone that a sampler of a ratio chose them: it keeps a trace when some
/// eight bytes of its id, as a number, lie below the ratio's share of their range ("TraceIdRatioBased" of
/// OpenTelemetry's SDKs; .NET takes the first eight bytes, most others the last). Ids are random, so that all
/// of n lie below a share r by chance with probability r^n.
/// </summary>
internal static class SampledIds
{
    const int FewestTraces = 30;
    const int FewestValuesOfByte = 12;
    const double LeastShare = 0.0001;

    // One in a billion files that were not sampled.
    const double LeastLikely = 1e-9;

    /// <summary>The share of their range in which all ids lie, or null where nothing speaks for a
    /// sampler.</summary>
    public static double? ShareOf(SpanTable spans)
    {
        var traces = new HashSet<(ulong High, ulong Low)>();
        for (var span = 0; span < spans.Count; span++)
            traces.Add((spans[span].TraceHigh, spans[span].TraceLow));
        if (traces.Count < FewestTraces || !AreRandom(traces))
            return null;
        return Share(
                traces.Count, traces.Max(trace => trace.High & long.MaxValue),
                traces.Min(trace => trace.High & long.MaxValue))
            ?? Share(traces.Count, traces.Max(trace => trace.Low >> 1), traces.Min(trace => trace.Low >> 1));
    }

    // Ids that are counted up, or begin with a time, tell nothing.
    static bool AreRandom(IReadOnlyCollection<(ulong High, ulong Low)> traces)
    {
        for (var at = 8; at < 56; at += 8)
            if (traces.Select(trace => (byte)(trace.Low >> at)).Distinct().Take(FewestValuesOfByte).Count()
                < FewestValuesOfByte
                || traces.Select(trace => (byte)(trace.High >> (at - 8))).Distinct().Take(FewestValuesOfByte)
                    .Count() < FewestValuesOfByte)
                return false;
        return true;
    }

    static double? Share(int count, ulong greatest, ulong least)
    {
        var share = greatest / (double)long.MaxValue;
        // Ids that begin with a time lie in a narrow band, and not from 0 up.
        var beginsAtZero = least / (double)greatest < 30.0 / count;
        return share >= LeastShare && beginsAtZero && Math.Pow(share, count) < LeastLikely ? share : null;
    }
}
