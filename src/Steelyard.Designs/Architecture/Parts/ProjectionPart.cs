using Steelyard.Designs.Architecture.Running;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Parts;

/// <summary>
/// A read model beside an event log: answers reads from what it has made of the events so far. It reads them
/// in batches, applies each in one transaction, and notes then how far it is. After a crash it goes on from
/// there, and what it had applied since comes again.
/// </summary>
internal sealed record ProjectionPart(string Name) : StationPart(Name)
{
    internal const string Idempotent = "idempotent";
    internal const string Naive = "naive";
    internal const string Beside = "beside";
    internal const string InPlace = "in-place";

    static readonly IReadOnlyList<Setting<Part>> s_settings = For([
        .. OfStations<ProjectionPart>(),
        SettingsOf<ProjectionPart>.Word("projector", "what it does with an event that comes again",
            [Idempotent, Naive], p => p.Projector, (p, v) => p with { Projector = v }),
        SettingsOf<ProjectionPart>.Count("batch", "events applied at once, at most",
            p => p.Batch, (p, v) => p with { Batch = v }),
        SettingsOf<ProjectionPart>.Takes("apply-time", "how long it takes to apply a batch",
            p => p.ApplyTime, (p, v) => p with { ApplyTime = v }),
        SettingsOf<ProjectionPart>.Time("per-event", "what each event adds to that",
            p => p.PerEvent, (p, v) => p with { PerEvent = v }),
        SettingsOf<ProjectionPart>.Takes("checkpoint-time", "how long it takes to note how far it is",
            p => p.CheckpointTime, (p, v) => p with { CheckpointTime = v }),
        SettingsOf<ProjectionPart>.TimeOrNone("rebuild-at", "when it is made anew from the whole log",
            p => p.RebuildAt, (p, v) => p with { RebuildAt = v }),
        SettingsOf<ProjectionPart>.Word(
            "rebuild", "what reads are answered from meanwhile", [Beside, InPlace],
            p => p.Rebuild, (p, v) => p with { Rebuild = v }),
    ]);

    /// <inheritdoc/>
    public override string Kind => "projection";

    /// <summary>What it does with an event that comes again: an <c>idempotent</c> one keeps with its model
    /// the number of the last event in it, and passes over what is not above that; a <c>naive</c> one applies
    /// it again.</summary>
    public string Projector { get; init; } = Idempotent;

    /// <summary>How many events it applies at once.</summary>
    public int Batch { get; init; } = 100;

    /// <summary>How long a batch takes.</summary>
    public TakesTime ApplyTime { get; init; } = TakesTime.Nothing;

    /// <summary>What each of its events adds to that.</summary>
    public TimeSpan PerEvent { get; init; }

    /// <summary>How long it takes after each batch to note how far it is.</summary>
    public TakesTime CheckpointTime { get; init; } = TakesTime.Nothing;

    /// <summary>When it is made anew; null is never.</summary>
    public TimeSpan? RebuildAt { get; init; }

    /// <summary>What reads are answered from meanwhile: the old model, which goes on until the new one
    /// <c>beside</c> it has caught up, or the new one, as far as it is (<c>in-place</c>).</summary>
    public string Rebuild { get; init; } = Beside;

    internal override IReadOnlyList<Setting<Part>> Settings => s_settings;

    internal override INode Create(InstanceContext context) => new ProjectionStation(context, this);

    internal override void Check()
    {
        if (Calls.Count != 1)
            throw new UserMistakeException($"expected one log that it reads, found {Calls.Count}");
    }
}
