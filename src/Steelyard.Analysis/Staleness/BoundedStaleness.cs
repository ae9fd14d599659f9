using System.Globalization;
using Steelyard.Analysis.Linearizability.Registers;
using Steelyard.Analysis.Measurements;
using Steelyard.Analysis.Sessions;
using Steelyard.Histories;

namespace Steelyard.Analysis.Staleness;

/// <summary>
/// Bounded staleness, in time or in versions: no read returns a version for which newer ones had been
/// complete beyond a limit when the read began.
/// </summary>
/// <param name="limit">How stale a read may be.</param>
/// <remarks>Staleness is the lower bound of <see cref="ReadStaleness"/>: an Invalid is certain.</remarks>
public sealed class BoundedStaleness(StalenessLimit limit) : IChecker
{
    /// <summary>Bounds it in time.</summary>
    /// <param name="bound">How long; zero or more.</param>
    public BoundedStaleness(TimeSpan bound)
        : this(StalenessLimit.Of(bound))
    {
    }

    /// <inheritdoc/>
    public string Name => "bounded-staleness";

    /// <inheritdoc/>
    public string Sentence => "No read is older than the bound allows";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var reads = ReadStaleness.Of(history);
        if (limit.IsTime && history.Count > 0 && !Requests.HasTimes(history))
            return Verdict.Undecided(
                Name, "the recording has no times; how many versions a read is behind can be asked of it");
        if (reads.Count == 0)
            return Verdict.Undecided(Name, "there was no completed read of a value that somebody wrote");
        var over = reads.Count(read => limit.IsBrokenBy(read));
        var worst = reads.MaxBy(limit.Measure);
        if (over == 0)
            return Verdict.Holds(
                Name,
                    $"{Count(reads.Count)} reads: none staler than {limit}; the worst "
                        + $"{limit.Written(worst)}");
        var verdict = Verdict.Broken(Name, Explain(history, worst));
        var more = over > 1 ? $"; {Count(over)} of {Count(reads.Count)} reads broke it" : "";
        return verdict with { Summary = verdict.Summary + more };
    }

    Anomaly Explain(History history, StaleRead worst)
    {
        var read = history[worst.Read];
        var newer = history[worst.NewerWrite];
        return new(
            Name,
            $"process {read.ProcessName} read {read.Output} from {SessionFinding.Named(read.Key)}"
            + $" {limit.Written(worst)} after the newer {KeyVersions.ValueWritten(newer)} had been written;"
            + $" the bound is {limit}",
            SessionFinding.Witness([.. Returned(history, read), worst.NewerWrite, worst.Read]));
    }

    static IEnumerable<int> Returned(History history, Operation read) => KeyVersions.Of(history)
        .Where(k => k.Key == read.Key)
        .SelectMany(k => k.VersionsOf(KeyVersions.ValuesOf(read)[0], read))
        .Take(1);

    static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
