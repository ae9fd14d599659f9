using Steelyard.Designs.Architecture.Running;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Parts;

/// <summary>An event log: each write is an event at its end, durable when it is answered; projections read
/// it in order.</summary>
internal sealed record LogPart(string Name) : StationPart(Name)
{
    static readonly IReadOnlyList<Setting<Part>> s_settings = For([
        .. OfStations<LogPart>(),
        SettingsOf<LogPart>.Takes("sync", "how long a sync of the log takes; writes wait for one",
            p => p.Sync, (p, v) => p with { Sync = v }),
        SettingsOf<LogPart>.Count("group", "writes that a sync commits at most",
            p => p.Group, (p, v) => p with { Group = v }),
        SettingsOf<LogPart>.Flag("dedup", "a write that comes again is no event",
            p => p.Dedup, (p, v) => p with { Dedup = v }),
    ]);

    /// <inheritdoc/>
    public override string Kind => "log";

    /// <summary>How long a sync takes.</summary>
    public TakesTime Sync { get; init; } = TakesTime.Nothing;

    /// <summary>How many writes a sync commits at most.</summary>
    public int Group { get; init; } = 1_000_000;

    /// <summary>A write that comes again is no event.</summary>
    public bool Dedup { get; init; }

    internal override IReadOnlyList<Setting<Part>> Settings => s_settings;

    internal override INode Create(InstanceContext context) => new LogStation(context, this);

    internal override void Check()
    {
        if (Instances != 1)
            throw new UserMistakeException($"expected 1 instance of a log, found {Instances}");
        if (Calls.Count > 0)
            throw new UserMistakeException(
                $"expected no calls of a log (projections read it), found {Calls[0].To}");
    }
}
