using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Presence.Promises;

/// <summary>Who wants to be connected is, within a bound: whatever cut off however many, once it is calm they
/// all come back.</summary>
internal sealed class ConnectedAgain()
    : ServicePromise("connected-again", "Whoever was cut off is connected again once it is calm")
{
    /// <inheritdoc/>
    public override Verdict Check(History history)
    {
        var calm = FaultFreeTime.Of(history);
        var waits = Stay.In(history).SelectMany(user => user)
            .SelectMany(stay => Gaps(stay).Select(gap => (Stay: stay, LongestNs: Longest(calm, gap))))
            .ToList();
        if (waits.TrueForAll(wait => wait.LongestNs == 0))
            return Undecided("nobody was to be connected in the calm");
        var longestNs = waits.Select(wait => wait.LongestNs).DefaultIfEmpty().Max();
        var late = waits.Where(wait => wait.LongestNs > Bounds.Connected.Ns())
            .OrderByDescending(wait => wait.LongestNs)
            .Select(wait => Describe(wait.Stay, wait.LongestNs));
        return BrokenBy(late) ?? Holds(
            FormattableString.Invariant(
                    $"of {waits.Count:N0} times that a user was to be connected, the longest took")
                    + FormattableString.Invariant($" {longestNs / 1e9:0.0} s of calm"));
    }

    static IEnumerable<(long FromNs, long ToNs)> Gaps(Stay stay)
    {
        var from = stay.FromNs;
        foreach (var span in stay.Spans)
        {
            yield return (from, span.FromNs);
            from = span.ToNs;
        }

        if (stay.ToNs < long.MaxValue)
            yield return (from, stay.ToNs);
    }

    static long Longest(FaultFreeTime calm, (long FromNs, long ToNs) gap) =>
        calm.Parts(gap.FromNs, gap.ToNs).Select(part => part.ToNs - part.FromNs).DefaultIfEmpty().Max();

    static Anomaly Describe(Stay stay, long waitedNs) => new(
        "not-connected",
        FormattableString.Invariant($"user {stay.User} tried for {waitedNs / 1e9:0.0} s to connect, though")
        + FormattableString.Invariant(
            $" nothing was broken; {Bounds.Connected.TotalSeconds:0.#} s were promised"),
        [stay.Operation.Index]);
}
