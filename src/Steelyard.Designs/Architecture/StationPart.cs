using Steelyard.Designs.Architecture.Settings;

namespace Steelyard.Designs.Architecture;

/// <summary>
/// A part whose instances work at requests: each has some workers and a line before them. A worker that waits
/// for a call is busy.
/// </summary>
internal abstract record StationPart(string Name) : Part(Name)
{
    internal const string Fifo = "fifo";
    internal const string Lifo = "lifo";

    /// <summary>How many requests an instance works at, at once; null is without limit.</summary>
    public int? Workers { get; init; }

    /// <summary>How long a worker works at a request, beside its calls.</summary>
    public TakesTime Time { get; init; } = TakesTime.Nothing;

    /// <summary>What each further item of a batch adds to it.</summary>
    public TimeSpan PerItem { get; init; }

    /// <summary>How many requests may wait; null is without limit.</summary>
    public int? Queue { get; init; }

    /// <summary>Who of them is next: <c>fifo</c>, or the latest, <c>lifo</c>.</summary>
    public string Order { get; init; } = Fifo;

    /// <summary>True when a request whose caller waits no more is dropped before it is worked at.</summary>
    public bool DropExpired { get; init; }

    /// <summary>Sheds what would wait longer than this, by the line and the mean time; null is
    /// never.</summary>
    public TimeSpan? Shed { get; init; }

    /// <summary>How many requests a second it takes, of each instance (a token bucket); null is without
    /// limit.</summary>
    public double? RateLimit { get; init; }

    /// <summary>How many more it takes at once.</summary>
    public int Burst { get; init; } = 1;

    /// <summary>True when calls are made at once and not one after the other.</summary>
    public bool Parallel { get; init; }

    /// <summary>True when a worker is free for others while it waits for a call.</summary>
    public bool Frees { get; init; }

    /// <summary>How often everything stands still (a garbage collection); null is never.</summary>
    public TimeSpan? PauseEvery { get; init; }

    /// <summary>For how long.</summary>
    public TimeSpan PauseFor { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How many requests an instance holds, waiting ones too, before it is out of memory and starts
    /// again; null is without limit.</summary>
    public int? Memory { get; init; }

    /// <summary>How long it takes to start, again or at all.</summary>
    public TimeSpan StartUp { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What an hour of a worker's work costs (paid by use).</summary>
    public double WorkPrice { get; init; }

    /// <summary>How long it still works after it has said that it leaves.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(1);

    internal override int? Servers => Workers;

    internal override double CostOf(double there, double working) =>
        base.CostOf(there, working) + (WorkPrice * working);

    /// <summary>The settings that every such part has.</summary>
    private protected static IReadOnlyList<Setting<TPart>> OfStations<TPart>()
        where TPart : StationPart =>
    [
        .. Common<TPart>(),
        SettingsOf<TPart>.Limit("workers", "requests that an instance works at, at once",
            p => p.Workers, (p, v) => p with { Workers = v }),
        SettingsOf<TPart>.Takes("time", "how long a worker works at a request",
            p => p.Time, (p, v) => p with { Time = v }),
        SettingsOf<TPart>.Time("per-item", "what each further item of a batch adds",
            p => p.PerItem, (p, v) => p with { PerItem = v }),
        SettingsOf<TPart>.Limit("queue", "requests that may wait",
            p => p.Queue, (p, v) => p with { Queue = v }, least: 0),
        SettingsOf<TPart>.Word("order", "who of them is next", [Fifo, Lifo],
            p => p.Order, (p, v) => p with { Order = v }),
        SettingsOf<TPart>.Flag("drop-expired", "drops what nobody waits for any more",
            p => p.DropExpired, (p, v) => p with { DropExpired = v }),
        SettingsOf<TPart>.TimeOrNone("shed", "sheds what would wait longer",
            p => p.Shed, (p, v) => p with { Shed = v }),
        SettingsOf<TPart>.Rate("rate-limit", "requests that an instance takes a second",
            p => p.RateLimit, (p, v) => p with { RateLimit = v }),
        SettingsOf<TPart>.Count("burst", "how many more it takes at once",
            p => p.Burst, (p, v) => p with { Burst = v }),
        SettingsOf<TPart>.Flag("parallel", "makes its calls at once",
            p => p.Parallel, (p, v) => p with { Parallel = v }),
        SettingsOf<TPart>.Flag("frees", "frees the worker during a call",
            p => p.Frees, (p, v) => p with { Frees = v }),
        SettingsOf<TPart>.TimeOrNone("pause-every", "how often everything stands still (garbage collection)",
            p => p.PauseEvery, (p, v) => p with { PauseEvery = v }),
        SettingsOf<TPart>.Time("pause-for", "for how long", p => p.PauseFor, (p, v) =>
            p with { PauseFor = v }),
        SettingsOf<TPart>.Limit("memory", "requests it holds before it is out of memory",
            p => p.Memory, (p, v) => p with { Memory = v }),
        SettingsOf<TPart>.Time("start-up", "how long it takes to start",
            p => p.StartUp, (p, v) => p with { StartUp = v }),
        SettingsOf<TPart>.Number("price-work", "what an hour of a worker's work costs (paid by use)",
            p => p.WorkPrice, (p, v) => p with { WorkPrice = v }),
        SettingsOf<TPart>.Time("drain", "how long it still works when it has said that it leaves",
            p => p.Drain, (p, v) => p with { Drain = v }),
    ];
}
