using Steelyard.Histories;

namespace Steelyard.Analysis.Measurements;

/// <summary>How long requests were due: in a run of ours from its start to the end of its load; in a
/// recording from its first request to its last answer.</summary>
/// <param name="StartNs">Its begin, in ns.</param>
/// <param name="EndNs">Its end, in ns.</param>
internal readonly record struct LoadSpan(long StartNs, long EndNs)
{
    /// <summary>Its length.</summary>
    public double Seconds => ((double)EndNs - StartNs) / 1e9;

    /// <summary>The load of a history that has times.</summary>
    public static LoadSpan Of(History history)
    {
        if (history.Phases.LoadEnd is { } end)
            return new(0, end.TimeNs);
        var (startNs, endNs) = (long.MaxValue, long.MinValue);
        foreach (var request in Requests.Of(history))
        {
            startNs = Math.Min(startNs, request.IntendedNs);
            endNs = Math.Max(endNs, Math.Max(request.InvokedNs, request.CompletedNs));
        }

        return startNs <= endNs ? new(startNs, endNs) : default;
    }
}
