using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Presence.Promises;

/// <summary>Who is connected, and has been for a while,
/// is seen online by whoever looks in the calm.</summary>
internal sealed class SeenOnline()
    : ServicePromise("seen-online", "Who is connected is seen online")
{
    /// <inheritdoc/>
    public override Verdict Check(History history)
    {
        var (calm, stays) = (FaultFreeTime.Of(history), Stay.In(history));
        var looks = Looks.In(history)
            .Where(look => calm.Lasts(look.InvokedNs - Bounds.Recovery.Ns(), look.CompletedNs)).ToList();
        if (looks.Count == 0)
            return Undecided("nobody looked in the calm");
        var anomalies = looks.SelectMany(look => Missing(look, stays));
        return BrokenBy(anomalies) ?? Holds(
            $"{looks.Count:N0} looks in the calm showed everybody who was connected for"
                    + $" {Bounds.Seen.TotalSeconds:0.#} s");
    }

    static IEnumerable<Anomaly> Missing(Operation look, ILookup<int, Stay> stays)
    {
        var seen = Looks.Seen(look);
        foreach (var stay in stays.SelectMany(user => user))
            if (!seen.Contains(stay.User) && SpanOver(look, stay) is { } span)
                yield return new(
                    "not-seen",
                    $"user {stay.User} was connected for"
                    + FormattableString.Invariant($" {(look.InvokedNs - span.FromNs) / 1e9:0.0} s")
                    + " when somebody looked, yet was not online",
                    [stay.Operation.Index, look.Index]);
    }

    static ConnectedSpan? SpanOver(Operation look, Stay stay) => stay.Spans.FirstOrDefault(
        span => span.FromNs + Bounds.Seen.Ns() <= look.InvokedNs && look.CompletedNs <= span.ToNs);
}

/// <summary>Looks of a history.</summary>
internal static class Looks
{
    /// <summary>Those that were answered.</summary>
    public static IEnumerable<Operation> In(History history) => history.Operations
        .Where(operation => operation is { Function: PresenceWorkload.Look, Outcome: Outcome.Ok });

    /// <summary>The users that one showed.</summary>
    public static SortedSet<int> Seen(Operation look) =>
        [.. look.Output.AsList.ToArray().Select(user => (int)user.AsInteger)];
}
