using System.Globalization;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Faults;

/// <summary>Makes directed links bad without cutting them.</summary>
public sealed record LinkFault : Fault
{
    const string Word = "network";

    // Beyond it nothing arrives in the time of any run.
    const double LargestSlowdown = 100_000;
    static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(10);

    /// <summary>Its row.</summary>
    public static FaultKind Defined { get; } = new(
        "link", "makes links bad without cutting them: they lose, double, reorder, delay or narrow",
        new LinkFault { At = default })
    {
        Word = Word,
        Needs = "a network that may be bad",
        Example = "from: [n1], loss: 0.1, duplication: 0.05, slowdown: 3",
        Fields =
        [
            FaultFields<LinkFault>.Names(
                "from", "senders; everybody where nothing is said", fault => fault.From,
                (fault, names) => fault with { From = names }) with { IsOptional = true },
            FaultFields<LinkFault>.Names(
                "to", "receivers; everybody where nothing is said", fault => fault.To,
                (fault, names) => fault with { To = names }) with { IsOptional = true },
            FaultFields<LinkFault>.Share(
                "loss", "added share of messages lost", fault => fault.Loss,
                (fault, share) => fault with { Loss = share }),
            FaultFields<LinkFault>.Share(
                "duplication", "added share delivered twice", fault => fault.Duplication,
                (fault, share) => fault with { Duplication = share }),
            FaultFields<LinkFault>.Share(
                "reordering", "added share that overtakes", fault => fault.Reordering,
                (fault, share) => fault with { Reordering = share }),
            FaultFields<LinkFault>.Factor(
                "slowdown", "latency is multiplied by this; of several, by the largest",
                fault => fault.Slowdown, (fault, factor) => fault with { Slowdown = factor }),
            FaultFields<LinkFault>.DurationFromZero(
                "delay", "added to the latency of whatever is sent", fault => fault.Delay,
                (fault, delay) => fault with { Delay = delay }) with { Default = "0s" },
            FaultFields<LinkFault>.DurationFromZero(
                "jitter", "added besides, for each message anew: anything up to this",
                fault => fault.Jitter, (fault, jitter) => fault with { Jitter = jitter }) with
            {
                Default = "0s",
            },
            FaultFields<LinkFault>.Integer(
                "bandwidth", "bytes a second, of several the smallest; no limit where nothing is said",
                fault => fault.BandwidthBytesPerSecond,
                (fault, bandwidth) => fault with { BandwidthBytesPerSecond = bandwidth }) with
            {
                IsOptional = true,
            },
        ],
        Draws =
        [
            new(Word, draws => [Bad(draws)]) { Fits = draws => draws.Tolerance.Network },
        ],
        AtLeastMild = static (tolerance, _) => tolerance with { Network = true },
    };

    /// <summary>Senders; empty is everybody.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>Receivers; empty is everybody.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>Added share of messages lost, in [0, 1].</summary>
    public double Loss { get; init; }

    /// <summary>Added share delivered twice, in [0, 1].</summary>
    public double Duplication { get; init; }

    /// <summary>Added share that overtakes, in [0, 1].</summary>
    public double Reordering { get; init; }

    /// <summary>Latency is multiplied by this, from 1 to 100,000; where several such faults meet, by the
    /// largest.</summary>
    public double Slowdown { get; init; } = 1;

    /// <summary>Added to the latency of whatever is sent; up to ten minutes.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Added besides, for each message anew: anything from nothing to this, each as likely; up to
    /// ten minutes. Messages keep their order.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Bytes that a link carries each second, at least 1; where several such faults meet, the
    /// smallest. Null is no limit.</summary>
    public int? BandwidthBytesPerSecond { get; init; }

    /// <inheritdoc/>
    public override FaultKind Row => Defined;

    /// <inheritdoc/>
    public override IEnumerable<FaultCost> Costs =>
        new[] { (FaultResources.Loss, Loss), (FaultResources.Duplication, Duplication),
                (FaultResources.Reordering, Reordering) }
            .Where(share => share.Item2 > 0)
            .Select(share => new FaultCost(share.Item1, From, share.Item2, At, End) { To = To });

    /// <inheritdoc/>
    public override string Describe() => $"links from {OrAll(From)} to {OrAll(To)}: {Troubles()}";

    /// <inheritdoc/>
    public override void Check(FaultCheck check)
    {
        foreach (var (share, name) in ((double, string)[])
            [(Loss, "loss"), (Duplication, "duplication"), (Reordering, "reordering")])
            check.Require(share is >= 0 and <= 1, $"have {name}", "a share from 0 to 1", Plain(share));
        check.Require(
            Slowdown is >= 1 and <= LargestSlowdown, "slow links", "a factor from 1 to 100000",
            Plain(Slowdown));
        check.Require(
            Loss > 0 || Duplication > 0 || Reordering > 0 || Slowdown > 1 || Delay > TimeSpan.Zero
                || Jitter > TimeSpan.Zero || BandwidthBytesPerSecond is not null,
            "make links worse",
            "loss, duplication, reordering, slowdown, delay, jitter or bandwidth", "none of them");
        foreach (var (time, name) in ((TimeSpan, string)[])[(Delay, "delay"), (Jitter, "have jitter")])
            check.Require(
                time <= LongestDelay, name, $"at most {Durations.Format(LongestDelay)}",
                Durations.Format(time));
        check.Require(
            BandwidthBytesPerSecond is not < 1, "have bandwidth", "at least 1 byte a second",
            $"{BandwidthBytesPerSecond}");
    }

    /// <inheritdoc/>
    public override Action Apply(IFaultableWorld world, EffectMark effect) =>
        world.WorsenLinks(
            From, To,
            new(Loss, Duplication, Reordering, Slowdown)
            {
                Delay = Delay, Jitter = Jitter, BandwidthBytesPerSecond = BandwidthBytesPerSecond,
            },
            effect);

    static LinkFault Bad(FaultDraws draws)
    {
        var random = draws.Random;
        var (at, lasts) = draws.Window();
        string[] from = random.Chance(0.5) ? [] : draws.Some(random.Next(1, draws.Names.Count + 1));
        string[] to = random.Chance(0.5) ? [] : draws.Some(random.Next(1, draws.Names.Count + 1));
        var bad = new LinkFault { At = at, For = lasts, From = from, To = to };
        return random.Next(5) switch
        {
            0 => bad with { Loss = Share(random, 0.3) },
            1 => bad with { Duplication = Share(random, 0.5) },
            2 => bad with { Reordering = Share(random, 0.5) },
            3 => bad with { Slowdown = Math.Round(1.1 + (19 * random.NextDouble()), 1) },
            _ => bad with
            {
                Loss = Share(random, 0.1), Duplication = Share(random, 0.2), Reordering = Share(random, 0.3),
            },
        };
    }

    static double Share(SeededRandom random, double largest) =>
        Math.Round(0.01 + (random.NextDouble() * (largest - 0.01)), 3);

    string Troubles()
    {
        var troubles = new List<string>();
        Add(Loss, "lost");
        Add(Duplication, "doubled");
        Add(Reordering, "out of order");
        if (Slowdown > 1)
            troubles.Add(string.Create(CultureInfo.InvariantCulture, $"{Slowdown:0.##} times as slow"));
        if (Delay > TimeSpan.Zero)
            troubles.Add($"{Durations.Format(Delay)} later");
        if (Jitter > TimeSpan.Zero)
            troubles.Add($"up to {Durations.Format(Jitter)} later");
        if (BandwidthBytesPerSecond is { } bandwidth)
            troubles.Add(string.Create(CultureInfo.InvariantCulture, $"{bandwidth} bytes a second"));
        return troubles.Count == 0 ? "nothing" : string.Join(", ", troubles);

        void Add(double share, string what)
        {
            if (share > 0)
                troubles.Add(string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##} % {what}"));
        }
    }

    static string OrAll(IReadOnlyList<string> names) => names.Count == 0 ? "all" : PlanNames.Words(names);

    static string Plain(double number) => number.ToString(CultureInfo.InvariantCulture);
}
