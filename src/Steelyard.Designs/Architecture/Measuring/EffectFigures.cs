using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Histories.Measuring;

namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>
/// What became of effects and how stale reads were, as figures. How often reads are stale, and by how much,
/// has an interval from one run that settles (batch means and quantiles). What is lost or doubled has none:
/// it happens to many at once, when something breaks, and no interval of independent trials (Wilson,
/// Poisson) would hold it as often as it says.
/// </summary>
internal static class EffectFigures
{
    const string Together = "comes in bunches, when something breaks: one run has no interval for it; sweep"
        + " over seeds for one";

    const string Largest = "the largest of a run grows with its length, and has no interval";

    const string NoneStale = "no read was stale: how seldom they are one run does not tell, since reads"
        + " depend on each other";

    /// <summary>Those of a run, each with what finds its interval where it can have one.</summary>
    public static IEnumerable<(Measurement Measured, Func<ConfidenceInterval>? Interval)> Of(
        ArchitectureAccount account)
    {
        var ledger = account.Ledger;
        if (!ledger.HasEffects)
            return [];
        var writes = OfWrites(ledger).Select(one => (one, (Func<ConfidenceInterval>?)null));
        return ledger.Reads == 0 ? writes : [.. writes, .. OfReads(ledger, account.SteadyState)];
    }

    static IEnumerable<Measurement> OfWrites(EffectLedger ledger)
    {
        yield return Worse("lost-effects", ledger.Lost, "writes", ledger.Acknowledged,
            "Acknowledged writes whose effect is not there") with { How = Together };
        yield return Worse("double-effects", ledger.Doubled, "writes", ledger.Acknowledged,
            "Writes that took effect again") with { How = Together };
        if (ledger.StillKept > 0)
            yield return Worse("effects-in-queues", ledger.StillKept, "writes", ledger.Acknowledged,
                "Acknowledged writes that a queue still keeps");
    }

    static IEnumerable<(Measurement Measured, Func<ConfidenceInterval>? Interval)> OfReads(
        EffectLedger ledger, SteadyState steady)
    {
        yield return (Worse("stale-reads", (double)ledger.StaleReads / ledger.Reads, "share", ledger.Reads,
            "Reads that were stale"), () => IfStale(ledger, steady.MeanOf(ledger.StaleOrNot)));
        yield return (Worse("staleness-p99", ledger.Staleness.PercentileNs(0.99) / 1e6, "ms", ledger.Reads,
            "Staleness of reads, p99"), () => IfStale(ledger, steady.Quantile(ledger.StalenessMs, 0.99)));
        yield return (Worse("staleness-max", ledger.Staleness.MaxNs / 1e6, "ms", ledger.Reads,
            "Staleness of reads, largest") with { How = Largest }, null);
        yield return (Worse("staleness-versions-max", ledger.MostVersionsBehind, "versions", ledger.Reads,
            "Stalest read, in versions behind") with { How = Largest }, null);
        yield return (Worse("own-writes-missed", ledger.OwnWritesMissed, "reads", ledger.Reads,
            "Reads that did not show what their session had written") with { How = Together }, null);
    }

    static ConfidenceInterval IfStale(EffectLedger ledger, ConfidenceInterval found) =>
        ledger.StaleReads > 0 ? found : ConfidenceInterval.Unknown(0, ledger.Reads, NoneStale);

    static Measurement Worse(string id, double value, string unit, long samples, string words) =>
        new(id, value, unit, Direction.LessIsBetter, samples) { Words = words };
}
