using System.Globalization;
using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Cart.Promises;

/// <summary>
/// One of the four session guarantees (Terry et al. 1994) for carts. What a session knows by its own writes
/// must show in its later looks (read your writes), and what it knows by its reads too (monotonic reads).
/// Whoever sees an entry sees no less than what its adder had written before (monotonic writes) and had read
/// before (writes follow reads).
/// </summary>
/// <remarks>
/// Sound from the history alone, for entries that are named once and removed for good. An entry that is
/// missed may have been removed where somebody may have asked for that by then. That a replica has a removal
/// shows in no look, so of two writes the later one counts where it is an add.
/// </remarks>
internal sealed class SessionGuarantee : ServicePromise
{
    readonly bool _ofWrites;
    readonly bool _ofOwnLooks;

    SessionGuarantee(string name, string sentence, bool ofWrites, bool ofOwnLooks)
        : base(name, sentence)
    {
        _ofWrites = ofWrites;
        _ofOwnLooks = ofOwnLooks;
    }

    /// <summary>All four.</summary>
    public static IReadOnlyList<SessionGuarantee> All { get; } =
    [
        new("read-your-writes", "A client sees its own writes", ofWrites: true, ofOwnLooks: true),
        new("monotonic-reads", "A client never sees time run backwards", ofWrites: false, ofOwnLooks: true),
        new("monotonic-writes", "A client's writes take effect in its order", ofWrites: true,
            ofOwnLooks: false),
        new("writes-follow-reads", "A write comes after the writes its client had read", ofWrites: false,
            ofOwnLooks: false),
    ];

    /// <inheritdoc/>
    public override Verdict Check(History history)
    {
        var looks = history.Operations.Where(CartLooks.IsLook).ToList();
        if (looks.Count == 0)
            return Undecided("nobody looked into a cart");
        var walk = new SessionWalk(history, _ofWrites);
        var anomalies = looks.SelectMany(look => _ofOwnLooks ? InOwn(walk, look) : InOthers(walk, look));
        return BrokenBy(anomalies) ?? Holds(string.Create(
            CultureInfo.InvariantCulture,
            $"{looks.Count:N0} looks, and none showed less than what was {Done} before"));
    }

    string Done => _ofWrites ? "written" : "seen";

    IEnumerable<Anomaly> InOwn(SessionWalk walk, Operation look)
    {
        foreach (var known in walk.Missed(look, walk.KnownAt(look)))
            yield return new(
                Name,
                $"process {look.Process} {OwnDeed(known)} {look.Key}, and then looked:"
                + $" it was {(known.IsRemoved ? "there" : "not there")}",
                [known.Source, look.Index]);
    }

    IEnumerable<Anomaly> InOthers(SessionWalk walk, Operation look)
    {
        foreach (var seen in CartLooks.EntriesOf(look))
            if (walk.AddOf(seen) is { } add)
                foreach (var known in walk.Missed(look, walk.KnownAt(add)))
                    yield return new(
                        Name,
                        $"process {look.Process} saw {seen} in {look.Key}"
                        + $" {(known.IsRemoved ? "and still" : "without")} {known.Entry}, which"
                        + $" process {add.Process} had {Deed(known)} before it added {seen}",
                        [known.Source, add.Index, look.Index]);
    }

    string OwnDeed(Known known) => (_ofWrites, known.IsRemoved) switch
    {
        (true, false) => $"added {known.Entry} to",
        (true, true) => $"removed {known.Entry} from",
        (false, false) => $"saw {known.Entry} in",
        (false, true) => $"saw {known.Entry} gone from",
    };

    string Deed(Known known) => (_ofWrites, known.IsRemoved) switch
    {
        (true, false) => "added",
        (true, true) => "removed",
        (false, false) => "seen",
        (false, true) => "seen go",
    };
}
