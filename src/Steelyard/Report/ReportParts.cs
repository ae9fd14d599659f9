using System.Globalization;
using System.Reflection;
using Steelyard.Analysis.Naming;
using Steelyard.Analysis.Transactions;
using Steelyard.Histories;

namespace Steelyard.Report;

/// <summary>The parts that reports of runs and of recorded histories share.</summary>
internal static class ReportParts
{
    // A page is read by people: what a list leaves out is counted in words below it.
    const int AnomaliesShown = 20;
    const int WitnessShown = 24;
    const int MostOfOperation = 220;

    /// <summary>The version of this build, as <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(ReportParts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0] ?? "";

    public static IReadOnlyList<PromiseData> Promises(
        History history, IReadOnlyList<Verdict> verdicts, IReadOnlyList<ExcerptScene> scenes) =>
        [.. verdicts.Select(v => new PromiseData(
            v.Checker,
            v.Sentence ?? PlainWords.Capitalized(v.Checker.Replace('-', ' ')),
            PlainWords.OfVerdict(v.Validity),
            BesidesFirst(v),
            v.Linearization is { } order
                ? $"Proof: an order of {Count(order.Count)} operations that explains it" : null,
            [.. v.Anomalies.Take(AnomaliesShown).Select(a => Anomaly(history, a, scenes))],
            Math.Max(0, v.Anomalies.Count - AnomaliesShown),
            ConsistencyLattice.Weakest(v.NotModels),
            ConsistencyLattice.Strongest(v.HeldModels),
            v.UndecidedModels))];

    // The first anomaly's sentence stands with its witness; what the summary adds to it is kept.
    static string BesidesFirst(Verdict verdict)
    {
        if (verdict.Anomalies is not [{ } first, ..]
            || !verdict.Summary.StartsWith(first.Explanation, StringComparison.Ordinal))
            return verdict.Summary;
        var rest = verdict.Summary[first.Explanation.Length..].Trim(' ', ';', '(', ')');
        return rest == first.Type ? "" : PlainWords.Capitalized(rest);
    }

    static AnomalyData Anomaly(History history, Anomaly anomaly, IReadOnlyList<ExcerptScene> scenes)
    {
        var clock = new HistoryClock(history);
        var excerpt = scenes.Index().Where(s => ReferenceEquals(s.Item.Anomaly, anomaly))
            .Select(s => (int?)s.Index);
        return new(
            anomaly.Type,
            CycleParts.Explanation(anomaly),
            [.. anomaly.Witness.Take(WitnessShown).Select(i => Line(clock, history[i]))],
            Math.Max(0, anomaly.Witness.Count - WitnessShown),
            excerpt.FirstOrDefault(),
            CycleParts.Of(history, anomaly),
            AnomalyWords.Of(anomaly.Type) is { } words ? Meaning(words) : null,
            OrderParts.Of(history, anomaly));
    }

    static MeaningData Meaning(AnomalyWords words) => new(
        words.PlainName, words.Sentence,
        [.. words.Examples.Take(1).Select(one => new ExampleData(one.Mark.Split(' ')[0], one.Text))],
        words.SeenIn is { } seen ? WithoutMarks(seen) : null, words.Place);

    // "[Jepsen](https://…)" is said as "Jepsen, https://…": the page refers to nothing outside itself.
    static string WithoutMarks(string markdown) => markdown
        .Replace("([", "(", StringComparison.Ordinal).Replace("](", ", ", StringComparison.Ordinal)
        .Replace("))", ")", StringComparison.Ordinal);

    static string Line(HistoryClock clock, Operation operation) =>
        $"{clock.Told(operation)}, {ToldValue.Of(operation, MostOfOperation)}";

    /// <summary>Seconds, to the microsecond.</summary>
    public static double Seconds(long ns) => Math.Round(ns / 1e9, 6);

    /// <summary>A count with thousands set apart: <c>12,345</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>At most so many characters.</summary>
    public static string Shortened(string text, int length) =>
        text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), "…");
}
