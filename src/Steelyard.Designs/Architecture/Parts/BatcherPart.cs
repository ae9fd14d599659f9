using Steelyard.Designs.Architecture.Running;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Parts;

/// <summary>
/// Gathers requests and passes them on as one: when there are enough, or when the first has waited long
/// enough. A batch is waited for as long as the most patient of its callers waits.
/// </summary>
internal sealed record BatcherPart(string Name) : StationPart(Name)
{
    static readonly IReadOnlyList<Setting<Part>> s_settings = For([
        .. OfStations<BatcherPart>(),
        SettingsOf<BatcherPart>.Count("size", "requests of a batch", p => p.Size, (p, v) =>
            p with { Size = v }),
        SettingsOf<BatcherPart>.TimeOrNone("linger", "how long the first of a batch waits for others",
            p => p.Linger, (p, v) => p with { Linger = v }),
    ]);

    /// <inheritdoc/>
    public override string Kind => "batcher";

    /// <summary>How many requests make a batch.</summary>
    public int Size { get; init; } = 10;

    /// <summary>How long the first of a batch waits for others; null is until there are enough.</summary>
    public TimeSpan? Linger { get; init; } = TimeSpan.FromMilliseconds(10);

    internal override IReadOnlyList<Setting<Part>> Settings => s_settings;

    internal override INode Create(InstanceContext context) => new BatcherStation(context, this);

    internal override void Check()
    {
        if (Calls.Count != 1)
            throw new UserMistakeException(
                $"expected one part that it passes batches on to, found {Calls.Count}");
    }
}
