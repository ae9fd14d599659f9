using System.Globalization;
using Steelyard.Designs.Architecture.Measuring;

namespace Steelyard.Report;

/// <summary>What became of effects, and how old what was read was, in sentences.</summary>
internal static class EffectWords
{
    public static IEnumerable<string> Of(EffectLedger ledger)
    {
        if (!ledger.HasEffects)
            yield break;
        var lost = ledger.Lost == 0 ? "None" : Number(ledger.Lost);
        yield return $"{lost} of {Number(ledger.Acknowledged)} acknowledged writes "
            + $"{(ledger.Lost <= 1 ? "is" : "are")} lost";
        yield return ledger.Doubled == 0 ? "No write took effect twice"
            : $"Writes took effect again {Counted(ledger.Doubled, "time")}";
        if (ledger.StillKept > 0)
            yield return $"{Counted(ledger.StillKept, "acknowledged write")} still in a queue";
        if (ledger.Reads > 0)
            yield return OfReads(ledger);
        if (ledger.OwnWritesMissed > 0)
            yield return $"{Counted(ledger.OwnWritesMissed, "read")} did not show what their own session had"
                + " written";
    }

    static string OfReads(EffectLedger ledger) => ledger.StaleReads == 0
        ? $"None of {Number(ledger.Reads)} reads was stale"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"Stale reads: {Number(ledger.StaleReads)} of {Number(ledger.Reads)}, the worst by "
            + $"{ledger.Staleness.MaxNs / 1e6:#,0.#} ms and {Counted(ledger.MostVersionsBehind, "version")}");

    static string Counted(long count, string what) => $"{Number(count)} {what}{(count == 1 ? "" : "s")}";

    static string Number(long count) => ReportParts.Count(count);
}
