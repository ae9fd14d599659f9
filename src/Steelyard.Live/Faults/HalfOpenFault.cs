using Steelyard.Histories;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Faults;

/// <summary>Lets some nodes forget their connections with others, who keep them: what these send over them is
/// not answered, not even by a reset, until it ends. New connections can be opened all the time. So it is
/// after a machine lost its power, or a firewall between them its table.</summary>
internal sealed record HalfOpenFault : Fault
{
    const string Word = "network";

    /// <summary>Its row.</summary>
    public static FaultKind Defined { get; } = new(
        "half-open", "lets some nodes forget their connections with others, who keep them without an answer",
        new HalfOpenFault { At = default, From = [], To = [] })
    {
        Word = Word,
        Needs = "two nodes or more",
        Example = "from: [n1], to: [n2, n3]",
        Fields =
        [
            FaultFields<HalfOpenFault>.Names(
                "from", "who keeps connections", fault => fault.From,
                (fault, names) => fault with { From = names }),
            FaultFields<HalfOpenFault>.Names(
                "to", "who forgets them", fault => fault.To,
                (fault, names) => fault with { To = names }),
        ],
        Draws =
        [
            new(Word, draws => [Next(draws)])
            {
                Fits = draws => draws.Tolerance.Network && draws.Names.Count > 1,
            },
        ],
        AtLeastMild = static (tolerance, _) => tolerance with { Network = true },
    };

    /// <summary>Who keeps connections.</summary>
    public required IReadOnlyList<string> From { get; init; }

    /// <summary>Who forgets them.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <inheritdoc/>
    public override FaultKind Row => Defined;

    /// <inheritdoc/>
    public override string Describe() =>
        $"{string.Join(' ', To)} forget connections that {string.Join(' ', From)} keep";

    /// <inheritdoc/>
    public override void Check(FaultCheck check) => check.Require(
        From.Count > 0 && To.Count > 0 && !From.Intersect(To, StringComparer.Ordinal).Any(),
        "forget connections", "nodes in from and others in to",
        $"from {string.Join(' ', From)} and to {string.Join(' ', To)}");

    /// <inheritdoc/>
    public override Action Apply(IFaultableWorld world, EffectMark effect) =>
        ((LiveFaults)world).Forget(From, To, effect);

    static HalfOpenFault Next(FaultDraws draws)
    {
        var (at, lasts) = draws.Window();
        var names = draws.Shuffled();
        var sides = FaultDraws.Split(names, draws.Random.Next(1, names.Length));
        return new() { At = at, For = lasts, From = sides[0], To = sides[1] };
    }
}
