namespace Steelyard.Histories.Measuring;

/// <summary>Short words for measurements that every run may have: <c>p99</c> is <c>latency-p99</c>.</summary>
public static class MeasurementNames
{
    static readonly Dictionary<string, string> s_short = new(StringComparer.Ordinal)
    {
        ["p50"] = "latency-p50",
        ["p95"] = "latency-p95",
        ["p99"] = "latency-p99",
        ["p99.9"] = "latency-p99.9",
        ["latency"] = "latency-p99",
        ["staleness"] = "staleness-p99",
        ["messages"] = "messages-per-operation",
        ["bytes"] = "bytes-per-operation",
        ["recovery"] = "recovery-time",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyCollection<string> Short => s_short.Keys;

    /// <summary>The id that a word stands for; any other word is one itself.</summary>
    public static string IdOf(string word) => s_short.GetValueOrDefault(word, word);
}
