using Steelyard.Designs.Architecture.Running;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Parts;

/// <summary>
/// A message queue: answers when it has a request, and hands it on later, at least once. What nobody could
/// process after some tries is put aside (dead letters).
/// </summary>
internal sealed record QueuePart(string Name) : StationPart(Name)
{
    internal const string Refuse = "refuse";
    internal const string Block = "block";
    internal const string DropOldest = "drop-oldest";
    internal const string Spill = "spill";

    static readonly IReadOnlyList<Setting<Part>> s_settings = For([
        .. OfStations<QueuePart>(),
        SettingsOf<QueuePart>.Limit("size", "messages it keeps", p => p.Size, (p, v) => p with { Size = v }),
        SettingsOf<QueuePart>.Word("when-full", "what it does then", [Refuse, Block, DropOldest, Spill],
            p => p.WhenFull, (p, v) => p with { WhenFull = v }),
        SettingsOf<QueuePart>.Limit("spill-size", "messages that its disk keeps then (when-full: spill)",
            p => p.SpillSize, (p, v) => p with { SpillSize = v }),
        SettingsOf<QueuePart>.Count("disk", "what that disk does, in MB/s",
            p => p.DiskMegabytes, (p, v) => p with { DiskMegabytes = v }),
        SettingsOf<QueuePart>.Count("message", "bytes of a message",
            p => p.MessageBytes, (p, v) => p with { MessageBytes = v }),
        SettingsOf<QueuePart>.Flag("durable", "a crash leaves what it has",
            p => p.Durable, (p, v) => p with { Durable = v }),
        SettingsOf<QueuePart>.Count("consumers", "messages that are handed on at once",
            p => p.Consumers, (p, v) => p with { Consumers = v }),
        SettingsOf<QueuePart>.Count("attempts", "tries before a message is put aside",
            p => p.Attempts, (p, v) => p with { Attempts = v }),
        SettingsOf<QueuePart>.Time("redeliver", "how long after a failure it tries again",
            p => p.Redeliver, (p, v) => p with { Redeliver = v }),
    ]);

    /// <inheritdoc/>
    public override string Kind => "queue";

    /// <summary>How many messages it keeps; null is without limit.</summary>
    public int? Size { get; init; }

    /// <summary>What it does when it is full: <c>refuse</c> what comes, <c>block</c> whoever comes until
    /// there is room, <c>drop-oldest</c>, or <c>spill</c> to a disk, from which it reads in order when there
    /// is room again.</summary>
    public string WhenFull { get; init; } = Refuse;

    /// <summary>How many messages that disk keeps; null is without limit.</summary>
    public int? SpillSize { get; init; }

    /// <summary>What that disk does, in MB/s.</summary>
    public int DiskMegabytes { get; init; } = 100;

    /// <summary>Bytes of a message.</summary>
    public int MessageBytes { get; init; } = 500;

    /// <summary>A crash leaves what it has.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>How many messages are handed on at once.</summary>
    public int Consumers { get; init; } = 1;

    /// <summary>How often a message is tried.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>How long after a failure.</summary>
    public TimeSpan Redeliver { get; init; } = TimeSpan.FromSeconds(1);

    internal override string Extent =>
        Instances * Consumers == 1
            ? "1 consumer" : FormattableString.Invariant($"{Instances * Consumers:N0} consumers");

    internal override int? MostOpen(Edge edge) => Math.Min(edge.Pool ?? int.MaxValue, Consumers);

    internal override IReadOnlyList<Setting<Part>> Settings => s_settings;

    internal override INode Create(InstanceContext context) => new QueueStation(context, this);

    internal override void Check()
    {
        if (WhenFull == Spill && Size is null)
            throw new UserMistakeException("expected a size beyond which it spills, found none");
        if (Calls.Count != 1)
            throw new UserMistakeException(
                $"expected one part that it hands on to, found {Calls.Count}");
    }
}
