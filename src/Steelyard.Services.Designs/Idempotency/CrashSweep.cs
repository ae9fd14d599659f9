using System.Globalization;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Idempotency;

/// <summary>
/// Kills a host at every moment of a request that can be told from the others. Between two events that reach
/// or leave it, a host only waits: so one crash in each gap between them is every crash there is. The gaps
/// are read from a run without faults, which the run with the crash repeats up to it.
/// </summary>
internal sealed class CrashSweep(IProbedWorld world)
{
    static readonly TimeSpan Down = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan Failover = TimeSpan.FromSeconds(5);
    static readonly TimeSpan FirstPatience = TimeSpan.FromMilliseconds(400);
    static readonly TimeSpan BeforeReplay = TimeSpan.FromSeconds(3);
    const long NsPerTick = 100;
    const long AnswerWithinNs = 300_000_000;
    const long ConsumedWithinNs = 300_000_000;

    readonly ConformanceCase _dry = ConformanceCase.All[0];
    Moments? _moments;

    Moments Moments => _moments ??= Watch();

    /// <summary>Kills the host that takes the request.</summary>
    public IReadOnlyList<CrashPoint> OfRequest(ConformanceCase of) => Sweep(
        of, world.Takers[0],
        Moments.Of(PlaceOf(world.Takers[0]), Moments.ArrivalNs, Moments.AnswerNs), []);

    /// <summary>Kills whoever holds the keys, cut off from a replica where there is one.</summary>
    public IReadOnlyList<CrashPoint> OfKeyStore(ConformanceCase of)
    {
        var moments = Moments.Of(PlaceOf(world.KeyStore[0]), Moments.ArrivalNs, Moments.AnswerNs);
        if (world.KeyStore.Count == 1)
            return Sweep(of, world.KeyStore[0], moments, []);
        var cut = new PartitionFault
        {
            At = At(Moments.ArrivalNs),
            For = Failover,
            Groups = [.. world.KeyStore.Select(host => new[] { host })],
        };
        return Sweep(of, world.KeyStore[0], moments, [cut]);
    }

    /// <summary>Kills the consumers, one and then the other, after the answer.</summary>
    public IReadOnlyList<CrashPoint> OfConsumer(ConformanceCase of) =>
    [
        .. world.Takers.SelectMany(host => Sweep(
            of, host,
            Moments.Of(PlaceOf(host), Moments.AnswerNs, Moments.AnswerNs + ConsumedWithinNs), [])),
    ];

    int PlaceOf(string host) => world.Hosts.Index().First(one => one.Item == host).Index;

    List<CrashPoint> Sweep(ConformanceCase of, string host, List<long> moments, Fault[] others)
    {
        var points = new List<CrashPoint>();
        for (var next = 1; next < moments.Count; next++)
        {
            var middle = (moments[next - 1] + moments[next]) / 2 / NsPerTick * NsPerTick;
            // Two events in less than the shortest time a plan can name are one moment.
            if (middle <= moments[next - 1])
                continue;
            var crash = new CrashFault
            {
                At = At(middle),
                For = others.Length > 0 ? Failover : Down,
                Nodes = [host],
            };
            var point = new CrashPoint(host, At(middle - Moments.ArrivalNs));
            var end = world.Run(of, probe => PayAndReplay(probe, point), new([.. others, crash]), null);
            points.Add(point with { End = end });
        }

        return points;
    }

    Moments Watch()
    {
        var moments = new Moments(world.Hosts.Count, PlaceOf(world.Takers[0]));
        world.Run(_dry, probe => PayAndReplay(probe, new("", default)), FaultPlan.None, moments);
        moments.Close(AnswerWithinNs);
        return moments;
    }

    static async Task<CaseResult> PayAndReplay(Probe probe, CrashPoint point)
    {
        var id = probe.Fresh();
        var first = await probe.Post(id, id, patience: FirstPatience);
        if (!first.IsSuccess)
            first = await RetryCases.UntilAnswered(probe, id);
        await probe.Delay(BeforeReplay);
        var replay = await RetryCases.UntilAnswered(probe, id);
        var effects = await probe.Effects(id);
        return probe.Judge(
            first.IsSuccess && replay.IsSuccess && effects == 1,
            $"{point}: answered {first.Status}, replayed {replay.Status}, {HeaderCases.Effects(effects)}");
    }

    static TimeSpan At(long ns) => TimeSpan.FromTicks(ns / NsPerTick);
}

/// <summary>One crash of a sweep.</summary>
/// <param name="Host">Who was killed.</param>
/// <param name="After">When, counted from the arrival of the request.</param>
internal sealed record CrashPoint(string Host, TimeSpan After)
{
    /// <summary>How it ended.</summary>
    public CaseResult? End { get; init; }

    /// <summary>Effects counted; null where nobody told.</summary>
    public int? Effects => End?.Effects;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Host} killed {After.TotalMilliseconds:0.000} ms into the request");
}

/// <summary>Notes when messages reach and leave each host.</summary>
/// <param name="client">The address of the one client.</param>
/// <param name="taker">The address of the host that takes its first request.</param>
internal sealed class Moments(int client, int taker) : ITraceSink
{
    readonly List<(int Host, long Ns)> _all = [];
    readonly List<long> _answers = [];

    /// <summary>When the request reached the first host.</summary>
    public long ArrivalNs { get; private set; } = long.MaxValue;

    /// <summary>When the last of its answer left.</summary>
    public long AnswerNs { get; private set; }

    /// <inheritdoc/>
    public void Sent(long sentNs, long? arrivesNs, NodeId from, NodeId to, Message message, string? fate)
    {
        _all.Add((from.Index, sentNs));
        if (arrivesNs is { } arrival)
            _all.Add((to.Index, arrival));
        if (from.Index == client && to.Index == taker && arrivesNs is { } first)
            ArrivalNs = Math.Min(ArrivalNs, first);
        if (from.Index == taker && to.Index == client)
            _answers.Add(sentNs);
    }

    /// <inheritdoc/>
    public void Noted(long timeNs, NodeId node, string text)
    {
    }

    /// <summary>Says which message was the end of the answer.</summary>
    public void Close(long withinNs) =>
        AnswerNs = _answers.Where(sent => sent < ArrivalNs + withinNs).DefaultIfEmpty(ArrivalNs).Max();

    /// <summary>The moments of a host, from one to another, in order and each once.</summary>
    public List<long> Of(int host, long fromNs, long toNs) =>
    [
        .. _all.Where(moment => moment.Host == host && moment.Ns >= fromNs && moment.Ns <= toNs)
            .Select(moment => moment.Ns).Distinct().Order(),
    ];
}
