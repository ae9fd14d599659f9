using Steelyard.Designs.Architecture.Running;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Parts;

/// <summary>
/// A batch job: hands on its records in order, so many at once, and notes now and then how far it is (a
/// checkpoint). After a crash it goes on from there: what it had done since is done again. All records are
/// due when it starts.
/// </summary>
internal sealed record JobPart(string Name) : Part(Name)
{
    static readonly IReadOnlyList<Setting<Part>> s_settings = For([
        .. Common<JobPart>(),
        SettingsOf<JobPart>.Count("records", "records there are",
            p => p.Records, (p, v) => p with { Records = v }),
        SettingsOf<JobPart>.Count("chunk", "records handed on as one",
            p => p.Chunk, (p, v) => p with { Chunk = v }),
        SettingsOf<JobPart>.Count("at-once", "chunks handed on at once",
            p => p.AtOnce, (p, v) => p with { AtOnce = v }),
        SettingsOf<JobPart>.Limit("checkpoint", "records from one checkpoint to the next",
            p => p.Checkpoint, (p, v) => p with { Checkpoint = v }),
        SettingsOf<JobPart>.Takes("checkpoint-time", "how long a checkpoint takes; all else waits",
            p => p.CheckpointTime, (p, v) => p with { CheckpointTime = v }),
        SettingsOf<JobPart>.Count("keys", "things that the records are about",
            p => p.Keys, (p, v) => p with { Keys = v }),
        SettingsOf<JobPart>.Time("again", "how long after a failure it hands a chunk on again",
            p => p.Again, (p, v) => p with { Again = v }),
    ]);

    /// <inheritdoc/>
    public override string Kind => "job";

    /// <summary>How many records there are.</summary>
    public int Records { get; init; } = 1_000_000;

    /// <summary>How many of them are handed on as one.</summary>
    public int Chunk { get; init; } = 100;

    /// <summary>How many chunks are handed on at once.</summary>
    public int AtOnce { get; init; } = 1;

    /// <summary>Records from one checkpoint to the next; null is none before the end.</summary>
    public int? Checkpoint { get; init; }

    /// <summary>How long a checkpoint takes, beside waiting for what is handed on.</summary>
    public TakesTime CheckpointTime { get; init; } = TakesTime.Nothing;

    /// <summary>How many things the records are about, in turn.</summary>
    public int Keys { get; init; } = 1_000;

    /// <summary>How long after a failure it hands a chunk on again.</summary>
    public TimeSpan Again { get; init; } = TimeSpan.FromSeconds(1);

    internal override string Extent => FormattableString.Invariant($"{Records:N0} records");

    internal override bool IsSource => true;

    internal override int AsksFor => Keys;

    internal override double MostPerSecond(TimeSpan duration) => Records / duration.TotalSeconds;

    internal override IReadOnlyList<Setting<Part>> Settings => s_settings;

    internal override INode Create(InstanceContext context) => new JobRunner(context, this);

    internal override void Check()
    {
        if (Calls.Count != 1)
            throw new UserMistakeException($"expected one part that it hands on to, found {Calls.Count}");
        if (Instances != 1)
            throw new UserMistakeException($"expected 1 instance of a job, found {Instances}");
    }
}
