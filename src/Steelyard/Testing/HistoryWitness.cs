using System.Globalization;
using System.Text;
using Steelyard.Histories;

namespace Steelyard.Testing;

/// <summary>A verdict with the few operations that show it, as the message of a test that failed.</summary>
internal static class HistoryWitness
{
    const int MostOperations = 12;
    const int MostLetters = 200;

    public static string Of(History history, Verdict verdict, string judgedAs)
    {
        var said = verdict.Validity == Validity.Invalid ? "broken" : "not decided";
        var text = new StringBuilder(
            $"{verdict.Sentence ?? verdict.Checker} ({judgedAs}): {said}\n  {verdict.Summary}");
        var witness = verdict.Anomalies is [var first, ..] ? first.Witness : [];
        foreach (var index in witness.Take(MostOperations))
            text.Append(CultureInfo.InvariantCulture, $"\n    {Line(history[index])}");
        if (witness.Count > MostOperations)
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n    and {witness.Count - MostOperations:N0} operations more");
        if (verdict.Anomalies.Count > 1)
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n    and {verdict.Anomalies.Count - 1:N0} more of the kind");
        return text.ToString();
    }

    static string Line(Operation operation)
    {
        var end = operation.Outcome == Outcome.Open ? "…" : Milliseconds(operation.CompletedNs);
        return $"{Milliseconds(operation.InvokedNs)} to {end} ms  "
            + ToldValue.Of(operation, MostLetters);
    }

    static string Milliseconds(long ns) => (ns / 1e6).ToString("0.000", CultureInfo.InvariantCulture);
}
