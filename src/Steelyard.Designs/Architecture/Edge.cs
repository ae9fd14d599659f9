using Steelyard.Analysis.Policies.Retries;
using Steelyard.Designs.Architecture.Settings;

namespace Steelyard.Designs.Architecture;

/// <summary>
/// A part calls another one: when, how the instance is chosen, how long it waits, and what it does when there
/// is no answer.
/// </summary>
/// <param name="To">The name of the part that is called.</param>
internal sealed record Edge(string To)
{
    internal const string All = "all";
    internal const string Reads = "reads";
    internal const string Writes = "writes";

    /// <summary>Which requests: <c>all</c>, <c>reads</c> or <c>writes</c>.</summary>
    public string When { get; init; } = All;

    /// <summary>The share of those that need the call, 0 to 1.</summary>
    public double Share { get; init; } = 1;

    /// <summary>The first key whose requests need it.</summary>
    public int KeysFrom { get; init; }

    /// <summary>The first key from there on whose requests do not; null is none.</summary>
    public int? KeysBelow { get; init; }

    /// <summary>How many items the call is about; null is as many as the request it is made for.</summary>
    public ItemCount? Items { get; init; }

    /// <summary>How many of them go in one call, at most; the others go in further ones. Null is
    /// all.</summary>
    public int? Chunk { get; init; }

    /// <summary>How many calls a request makes, one to each instance in turn, and all at once; above 1 is a
    /// fan-out.</summary>
    public int Fan { get; init; } = 1;

    /// <summary>How the instance is chosen; one of <see cref="Balancing.Names"/>.</summary>
    public string Balance { get; init; } = Balancing.RoundRobin;

    /// <summary>How long an attempt may take; null is for ever.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How often it tries again.</summary>
    public int Retries { get; init; }

    /// <summary>How long it waits before it tries again; one of <see cref="Analysis.Policies.Retries"/>'s
    /// names.</summary>
    public string Backoff { get; init; } = "none";

    /// <summary>The first wait.</summary>
    public TimeSpan BackoffBase { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest wait.</summary>
    public TimeSpan BackoffCap { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Retries for each call that was not one, over time (a retry budget); null is without
    /// limit.</summary>
    public double? RetryBudget { get; init; }

    /// <summary>The share of failures among the last <see cref="BreakerWindow"/> calls at which the circuit
    /// breaker opens; null is none.</summary>
    public double? Breaker { get; init; }

    /// <summary>How many calls the breaker looks at.</summary>
    public int BreakerWindow { get; init; } = 20;

    /// <summary>How long it stays open before it lets one call through.</summary>
    public TimeSpan BreakerOpen { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After how long without an answer a second attempt goes to another instance; null is
    /// never.</summary>
    public TimeSpan? Hedge { get; init; }

    /// <summary>How many calls may be open at once (a connection pool, of each instance that calls); null is
    /// without limit.</summary>
    public int? Pool { get; init; }

    /// <summary>How often the instances' health is asked; null trusts that they are there.</summary>
    public TimeSpan? Health { get; init; }

    /// <summary>How many probes in a row must fail, or succeed, for an instance to count as down, or up
    /// again.</summary>
    public int HealthThreshold { get; init; } = 3;

    /// <summary>True when an attempt may take no longer than its caller still waits (deadline
    /// propagation).</summary>
    public bool Deadline { get; init; }

    /// <summary>True when the caller goes on before the answer: what becomes of the call changes nothing for
    /// it.</summary>
    public bool Async { get; init; }

    /// <summary>Where a database is read: at the <c>primary</c>, at <c>replicas</c>, at <c>any</c>, or at
    /// replicas but for sessions that wrote a moment ago, <c>own</c>.</summary>
    public string ReadFrom { get; init; } = "primary";

    /// <summary>How long such a session reads at the primary after its write.</summary>
    public TimeSpan OwnFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long news of other instances may be old (a DNS record's TTL); 0s is none.</summary>
    public TimeSpan Ttl { get; init; }

    /// <summary>What can be said of it.</summary>
    internal static IReadOnlyList<Setting<Edge>> Settings { get; } =
    [
        SettingsOf<Edge>.Word("when", "which requests", [All, Reads, Writes],
            e => e.When, (e, v) => e with { When = v }),
        SettingsOf<Edge>.Share("share", "how many of those need it", e => e.Share, (e, v) =>
            e with { Share = v }),
        SettingsOf<Edge>.Count("keys-from", "the first key whose requests need it",
            e => e.KeysFrom, (e, v) => e with { KeysFrom = v }, least: 0),
        SettingsOf<Edge>.Limit("keys-below", "the first key above whose requests do not",
            e => e.KeysBelow, (e, v) => e with { KeysBelow = v }),
        new("items", ItemCount.Shape + ", or none", "how many items a call is about, by its key")
        {
            Read = (e, text) => e with { Items = text == "none" ? null : ItemCount.Parse(text) },
            Show = e => e.Items?.ToString() ?? "none",
        },
        SettingsOf<Edge>.Limit("chunk", "how many of them go in one call",
            e => e.Chunk, (e, v) => e with { Chunk = v }),
        SettingsOf<Edge>.Count("fan", "calls at once, each to another instance",
            e => e.Fan, (e, v) => e with { Fan = v }),
        SettingsOf<Edge>.Word("balance", "how the instance is chosen", Balancing.Names,
            e => e.Balance, (e, v) => e with { Balance = v }),
        SettingsOf<Edge>.TimeOrNone("timeout", "how long an attempt may take",
            e => e.Timeout, (e, v) => e with { Timeout = v }),
        SettingsOf<Edge>.Count("retries", "how often it tries again",
            e => e.Retries, (e, v) => e with { Retries = v }, least: 0),
        SettingsOf<Edge>.Word("backoff", "the wait before it tries again",
            [.. Analysis.Policies.Retries.Backoff.All.Select(one => one.Name)],
            e => e.Backoff, (e, v) => e with { Backoff = v }),
        SettingsOf<Edge>.Time("backoff-base", "the first wait",
            e => e.BackoffBase, (e, v) => e with { BackoffBase = v }),
        SettingsOf<Edge>.Time("backoff-cap", "the longest wait",
            e => e.BackoffCap, (e, v) => e with { BackoffCap = v }),
        SettingsOf<Edge>.ShareOrNone("retry-budget", "retries for each call, at most",
            e => e.RetryBudget, (e, v) => e with { RetryBudget = v }),
        SettingsOf<Edge>.ShareOrNone("breaker", "the share of failures that opens the circuit breaker",
            e => e.Breaker, (e, v) => e with { Breaker = v }),
        SettingsOf<Edge>.Count("breaker-window", "calls the breaker looks at",
            e => e.BreakerWindow, (e, v) => e with { BreakerWindow = v }),
        SettingsOf<Edge>.Time("breaker-open", "how long it stays open",
            e => e.BreakerOpen, (e, v) => e with { BreakerOpen = v }),
        SettingsOf<Edge>.TimeOrNone("hedge", "when a second attempt goes out beside the first",
            e => e.Hedge, (e, v) => e with { Hedge = v }),
        SettingsOf<Edge>.Limit("pool", "calls open at once, of each instance",
            e => e.Pool, (e, v) => e with { Pool = v }),
        SettingsOf<Edge>.TimeOrNone("health", "how often health is asked",
            e => e.Health, (e, v) => e with { Health = v }),
        SettingsOf<Edge>.Count("health-threshold", "probes in a row that count",
            e => e.HealthThreshold, (e, v) => e with { HealthThreshold = v }),
        SettingsOf<Edge>.Flag("deadline", "takes no longer than the caller still waits",
            e => e.Deadline, (e, v) => e with { Deadline = v }),
        SettingsOf<Edge>.Flag("async", "the caller does not wait", e => e.Async, (e, v) =>
            e with { Async = v }),
        SettingsOf<Edge>.Word("read-from", "where a database is read", ["primary", "replicas", "any", "own"],
            e => e.ReadFrom, (e, v) => e with { ReadFrom = v }),
        SettingsOf<Edge>.Time("own-for", "how long a session that wrote reads at the primary",
            e => e.OwnFor, (e, v) => e with { OwnFor = v }),
        SettingsOf<Edge>.Time("ttl", "how old news of other instances may be (DNS)",
            e => e.Ttl, (e, v) => e with { Ttl = v }),
    ];
}

/// <summary>Ways to choose an instance.</summary>
internal static class Balancing
{
    internal const string RoundRobin = "round-robin";
    internal const string Random = "random";
    internal const string LeastOpen = "least-connections";
    internal const string TwoChoices = "two-choices";
    internal const string ThreeChoices = "three-choices";
    internal const string FiveChoices = "five-choices";
    internal const string Hash = "consistent-hash";
    internal const string Range = "range";
    internal const string Sticky = "sticky";
    internal const string First = "first";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [RoundRobin, Random, LeastOpen, TwoChoices, ThreeChoices, FiveChoices, Hash, Range, Sticky, First];
}
