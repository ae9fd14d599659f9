using Steelyard.Histories;

namespace Steelyard.Services.Designs.Presence.Promises;

/// <summary>A stay of a user, as its device noted it. Times are in ns of the run.</summary>
internal sealed record Stay
{
    const long NsOfMs = 1_000_000;

    Stay(Operation operation)
    {
        Operation = operation;
        User = (int)operation.Key.AsInteger;
        FromNs = operation.InvokedNs;
        ToNs = operation.Outcome == Outcome.Ok ? operation.CompletedNs : long.MaxValue;
        if (operation.Outcome != Outcome.Ok)
            return;
        Spans = [.. operation.Output["spans"].AsList.ToArray().Select(span => new ConnectedSpan(
            At(span["from"]), At(span["heard"]), At(span["to"])))];
        Seen = [.. operation.Output["seen"].AsList.ToArray().Select(seen => (
            At(seen["at"]), (int)seen["user"].AsInteger, seen["online"].AsBoolean))];
    }

    /// <summary>The operation.</summary>
    public Operation Operation { get; }

    /// <summary>Who.</summary>
    public int User { get; }

    /// <summary>When he came.</summary>
    public long FromNs { get; }

    /// <summary>When he was gone; nobody knows where the largest number stands.</summary>
    public long ToNs { get; }

    /// <summary>When he was connected.</summary>
    public IReadOnlyList<ConnectedSpan> Spans { get; } = [];

    /// <summary>What he was told of his friends, and when.</summary>
    public IReadOnlyList<(long AtNs, int Friend, bool Online)> Seen { get; } = [];

    /// <summary>All stays of a history, by user and time; those that were never begun are none.</summary>
    public static ILookup<int, Stay> In(History history) => history.Operations
        .Where(operation => operation is { Function: PresenceWorkload.Stay, MayHaveHappened: true })
        .Select(operation => new Stay(operation))
        .OrderBy(stay => stay.User).ThenBy(stay => stay.FromNs)
        .ToLookup(stay => stay.User);

    /// <summary>When a user was surely away, given his stays in order.</summary>
    public static IEnumerable<(long FromNs, long ToNs)> Absences(IEnumerable<Stay> stays)
    {
        var from = 0L;
        foreach (var stay in stays)
        {
            if (stay.FromNs > from)
                yield return (from, stay.FromNs);
            // One that never ended may go on beside the next.
            from = Math.Max(from, stay.ToNs);
        }

        if (from < long.MaxValue)
            yield return (from, long.MaxValue);
    }

    long At(Value ms) => FromNs + (ms.AsInteger * NsOfMs);
}

/// <summary>A time in which a device was connected.</summary>
/// <param name="FromNs">When a host let it in.</param>
/// <param name="HeardNs">When it last heard from that host.</param>
/// <param name="ToNs">When it knew that the connection was over, or ended it.</param>
internal sealed record ConnectedSpan(long FromNs, long HeardNs, long ToNs);
