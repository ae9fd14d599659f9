using Steelyard.Analysis.Policies.Caching;
using Steelyard.Designs.Architecture.Running;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Parts;

/// <summary>
/// A cache, or a CDN: holds versions of keys up to a capacity and an age. Beside its callers, which ask the
/// store themselves (cache-aside), or before the store that it calls.
/// </summary>
internal sealed record CachePart(string Name) : StationPart(Name)
{
    internal const string Aside = "aside";
    internal const string ReadThrough = "read-through";
    internal const string WriteThrough = "write-through";
    internal const string WriteBehind = "write-behind";

    static readonly IReadOnlyList<Setting<Part>> s_settings = For([
        .. OfStations<CachePart>(),
        SettingsOf<CachePart>.Word("mode", "who asks the store, and when writes reach it",
            [Aside, ReadThrough, WriteThrough, WriteBehind], p => p.Mode, (p, v) => p with { Mode = v }),
        SettingsOf<CachePart>.Word("policy", "what it drops",
            [.. CachePolicies.Names.Where(name => name != "opt")], p => p.Policy, (p, v) =>
                p with { Policy = v }),
        SettingsOf<CachePart>.Count("size", "keys that it holds", p => p.Size, (p, v) => p with { Size = v }),
        SettingsOf<CachePart>.TimeOrNone("ttl", "how long a key is held",
            p => p.Ttl, (p, v) => p with { Ttl = v }),
        SettingsOf<CachePart>.Flag("coalesce", "one look-up of a key at a time, whoever asks",
            p => p.Coalesce, (p, v) => p with { Coalesce = v }),
        SettingsOf<CachePart>.Flag("leases", "one at a time may fill a key, if it was not dropped meanwhile",
            p => p.Leases, (p, v) => p with { Leases = v }),
        SettingsOf<CachePart>.Time("lease-for", "how long others wait for who looks a key up (mode: aside)",
            p => p.LeaseFor, (p, v) => p with { LeaseFor = v }),
        SettingsOf<CachePart>.Flag("warm", "holds its keys at the start, of all ages",
            p => p.Warm, (p, v) => p with { Warm = v }),
        SettingsOf<CachePart>.Time("stale-while-revalidate", "how long after its time a key is still given",
            p => p.StaleWhileRevalidate, (p, v) => p with { StaleWhileRevalidate = v }),
        SettingsOf<CachePart>.Time("flush", "how long a write stays here (write-behind)",
            p => p.Flush, (p, v) => p with { Flush = v }),
    ]);

    /// <inheritdoc/>
    public override string Kind => "cache";

    /// <summary><c>aside</c>, <c>read-through</c> (writes go past it and drop the key),
    /// <c>write-through</c> (a write is answered when the store has it) or <c>write-behind</c> (before
    /// that).</summary>
    public string Mode { get; init; } = Aside;

    /// <summary>What it drops; one of <see cref="CachePolicies"/>' names.</summary>
    public string Policy { get; init; } = "lru";

    /// <summary>How many keys it holds.</summary>
    public int Size { get; init; } = 1_000;

    /// <summary>How long it holds one; null is until it is dropped.</summary>
    public TimeSpan? Ttl { get; init; }

    /// <summary>One look-up of a key at a time.</summary>
    public bool Coalesce { get; init; }

    /// <summary>Beside its callers: tells only one of a loss, and lets it fill only what was not dropped
    /// since (Nishtala et al. 2013, section 3.2.1).</summary>
    public bool Leases { get; init; }

    /// <summary>How long the others wait for it, before another one is told.</summary>
    public TimeSpan LeaseFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>True when it holds what it can at the start, of all ages up to <see cref="Ttl"/>.</summary>
    public bool Warm { get; init; }

    /// <summary>Whether one at a time looks a key up.</summary>
    internal bool IsOneAtATime => Coalesce || Leases;

    /// <summary>How long after its time a key is still given while it is looked up (RFC 5861).</summary>
    public TimeSpan StaleWhileRevalidate { get; init; }

    /// <summary>How long a write stays here.</summary>
    public TimeSpan Flush { get; init; } = TimeSpan.FromSeconds(1);

    internal override string Extent => FormattableString.Invariant($"{Policy}, {Size:N0} keys");

    internal override IReadOnlyList<Setting<Part>> Settings => s_settings;

    internal override INode Create(InstanceContext context) => new CacheStation(context, this);

    internal override void Check()
    {
        if (Mode == Aside && Calls.Count > 0)
            throw new UserMistakeException(
                $"expected no calls of a cache beside its callers (mode: aside), found {Calls[0].To}");
        if (Mode != Aside && Calls.Count != 1)
            throw new UserMistakeException(
                $"expected one part that it calls (mode: {Mode}), found {Calls.Count}");
    }
}
