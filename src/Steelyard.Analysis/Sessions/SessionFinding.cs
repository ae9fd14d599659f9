using System.Globalization;
using Steelyard.Analysis.Linearizability.Registers;
using Steelyard.Histories;

namespace Steelyard.Analysis.Sessions;

/// <summary>What the session checkers share: going through the keys, their verdict, and how they write a
/// version.</summary>
internal static class SessionFinding
{
    // A broken design breaks a promise thousands of times; the first hundred tell the story.
    const int Shown = 100;

    /// <summary>Judges each key by itself.</summary>
    /// <param name="checker">The checker's name.</param>
    /// <param name="history">What clients saw.</param>
    /// <param name="judge">Adds what it finds wrong with a key.</param>
    /// <param name="promise">What holds of every read where nothing is found.</param>
    public static Verdict OfEachKey(
        string checker, History history, Action<History, KeyVersions, List<Anomaly>> judge, string promise)
    {
        var anomalies = new List<Anomaly>();
        var reads = 0L;
        foreach (var key in KeyVersions.Of(history))
        {
            reads += key.Reads.Count;
            judge(history, key, anomalies);
        }

        anomalies.Sort(static (a, b) => a.Witness[^1].CompareTo(b.Witness[^1]));
        return Verdict(checker, anomalies, reads, promise);
    }

    static Verdict Verdict(string checker, List<Anomaly> anomalies, long reads, string promise)
    {
        // Keys with appends are not looked at, so a history full of reads may leave none.
        if (reads == 0)
            return Histories.Verdict.Undecided(checker, "there was no completed read of a plain value");
        if (anomalies.Count == 0)
            return Histories.Verdict.Holds(checker, $"{Count(reads)} reads: {promise}");
        var more = anomalies.Count > 1 ? $"; {Count(anomalies.Count)} reads in all" : "";
        return Histories.Verdict.Broken(checker, [.. anomalies.Take(Shown)]) with
        {
            Summary = anomalies[0].Explanation + more,
        };
    }

    public static string Named(Value key) => key.IsNil ? "the register" : key.ToString();

    public static int[] Witness(params IEnumerable<int> operations) =>
        [.. operations.Where(o => o != KeyVersions.InitialVersion).Distinct().Order()];

    static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
