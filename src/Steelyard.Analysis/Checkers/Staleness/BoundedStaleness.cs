using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Analysis;

/// <summary>
/// Bounded staleness in time: no read returns a version for which a newer one had been complete for longer
/// than a bound when the read began.
/// </summary>
/// <param name="bound">How long; zero or more.</param>
/// <remarks>Staleness is the lower bound of <see cref="ReadStaleness"/>: an Invalid is certain.</remarks>
public sealed class BoundedStaleness(TimeSpan bound) : IChecker
{
    const long NanosecondsPerTick = 100;

    /// <inheritdoc/>
    public string Name => "bounded-staleness";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var reads = ReadStaleness.Of(history);
        if (reads.Count == 0)
            return Verdict.Undecided(Name, "there was no completed read of a value that somebody wrote");
        var over = reads.Where(r => r.StalenessNs > bound.Ticks * NanosecondsPerTick).ToList();
        var worst = reads.Count == 0 ? default : reads.MaxBy(r => r.StalenessNs);
        if (over.Count == 0)
            return Verdict.Holds(
                Name,
                $"{Count(reads.Count)} reads: none staler than {Written(bound)}; the worst {Written(worst)}");
        var verdict = Verdict.Broken(Name, Explain(history, worst));
        var more = over.Count > 1 ? $"; {Count(over.Count)} of {Count(reads.Count)} reads broke it" : "";
        return verdict with { Summary = verdict.Summary + more };
    }

    Anomaly Explain(History history, StaleRead worst)
    {
        var read = history[worst.Read];
        var newer = history[worst.NewerWrite];
        return new(
            Name,
            $"process {read.Process} read {read.Output} from {SessionFinding.Named(read.Key)}"
            + $" {Written(worst)} after the newer {KeyVersions.ValueWritten(newer)} had been written;"
            + $" the bound is {Written(bound)}",
            SessionFinding.Witness([.. Returned(history, read), worst.NewerWrite, worst.Read]));
    }

    static IEnumerable<int> Returned(History history, Operation read) => KeyVersions.Of(history)
        .Where(k => k.Key == read.Key)
        .SelectMany(k => k.VersionsOf(KeyVersions.ValuesOf(read)[0], read))
        .Take(1);

    static string Written(StaleRead read) =>
        Written(TimeSpan.FromTicks(read.StalenessNs / NanosecondsPerTick));

    static string Written(TimeSpan time) => time < TimeSpan.FromSeconds(1)
        ? FormattableString.Invariant($"{time.TotalMilliseconds:0.###} ms")
        : FormattableString.Invariant($"{time.TotalSeconds:0.###} s");

    static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
