using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Serving;

/// <summary>
/// A read that begins after a write was acknowledged, by whomever, does not return what was there before it:
/// what a cache must do that is told of writes. Every value is written once to a key; what nobody wrote is
/// what was there at first.
/// </summary>
/// <param name="writes">The writing function; its value is the input's <c>value</c>, or the input
/// itself.</param>
/// <param name="reads">The reading function; its output is the value.</param>
/// <param name="within">How long after the acknowledgement the old one may be read still; null is not at
/// all.</param>
public sealed class FreshAfterWrite(string writes, string reads, TimeSpan? within = null) : IChecker
{
    const long NsPerTick = 100;

    readonly long _withinNs = (within ?? TimeSpan.Zero).Ticks * NsPerTick;

    /// <inheritdoc/>
    public string Name => "fresh-after-write";

    /// <inheritdoc/>
    public string Sentence => "What was written is read from then on";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var written = history.Operations.Where(write => write.Function == writes && write.MayHaveHappened)
            .ToLookup(write => write.Key);
        var anomalies = new List<Anomaly>();
        var (judged, stale) = (0, 0);
        foreach (var read in history.Operations)
        {
            if (read.Function != reads || read.Outcome != Outcome.Ok
                || Newest(written[read.Key], read) is not { } newest)
                continue;
            judged++;
            if (!IsOlder(written[read.Key], read.Output, newest, out var older))
                continue;
            stale++;
            if (anomalies.Count < MostAnomalies)
                anomalies.Add(Describe(read, newest, older));
        }

        if (anomalies.Count > 0)
            return Verdict.Broken(Name, anomalies) with
            {
                Summary = $"{anomalies[0].Explanation} ({Count(stale, "stale read")} of {judged:N0})",
            };
        return judged == 0
            ? Verdict.Undecided(Name, $"no {reads} began after a {writes} of its key was acknowledged")
            : Verdict.Holds(Name, $"none of {Count(judged, "read")} returned what was overwritten before");
    }

    // Of what was acknowledged long enough before the read, what began last.
    Operation? Newest(IEnumerable<Operation> ofKey, Operation read)
    {
        Operation? newest = null;
        foreach (var write in ofKey)
            if (write.Outcome == Outcome.Ok && write.CompletedAt < read.InvokedAt
                && write.CompletedNs + _withinNs <= read.InvokedNs
                && (newest is null || write.InvokedAt > newest.Value.InvokedAt))
                newest = write;
        return newest;
    }

    // A write of unknown outcome may take effect at any later time.
    static bool IsOlder(
        IEnumerable<Operation> ofKey, Value value, Operation newest, out Operation? older)
    {
        older = null;
        foreach (var write in ofKey)
            if (Field(write.Input, "value", write.Input) == value)
            {
                older = write;
                if (write.Outcome != Outcome.Ok || write.CompletedAt > newest.InvokedAt)
                    return false;
            }

        return true;
    }

    static Anomaly Describe(Operation read, Operation newest, Operation? older)
    {
        var value = Field(newest.Input, "value", newest.Input);
        var late = (read.InvokedNs - newest.CompletedNs) / 1e6;
        return new(
            "stale-answer",
            $"process {read.ProcessName} read {read.Output} of {read.Key} "
            + FormattableString.Invariant($"{late:0.0} ms after {value} was acknowledged"),
            [.. older is { } known ? [known.Index] : Array.Empty<int>(), newest.Index, read.Index]);
    }
}
