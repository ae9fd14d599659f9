using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Faults;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Systems.Logging;

/// <summary>Each request writes a line to a log whose collector becomes slow.</summary>
internal sealed class LoggingDesign : ArchitectureSystem
{
    const string Spill = "spill";
    const string Lossy = "lossy";
    const string Blocking = "blocking";

    static readonly Dictionary<string, string> s_whenFull = new(StringComparer.Ordinal)
    {
        [Spill] = QueuePart.Spill, [Lossy] = QueuePart.DropOldest, [Blocking] = QueuePart.Block,
    };

    /// <inheritdoc/>
    public override string Name => "logging";

    /// <inheritdoc/>
    public override string Summary =>
        "requests write lines to a log whose collector becomes slow: lose lines, block, or spill to a disk";

    /// <inheritdoc/>
    public override string Story =>
        "Each of 500 requests a second logs a line, and from 10 to 20 s the collector takes only 250. What"
        + " comes too much has to go somewhere: 2,500 lines, of which the buffer keeps 1,000. Lossy, the"
        + " other 1,493 are gone, and no request is slower. Blocking, none is lost, and the log stops the"
        + " service: sixteen workers wait for room, p99 is 2.8 s, and of what is due meanwhile 42 % is"
        + " answered within 200 ms. Spilled to a disk none is lost either and p99 stays at 48 ms; the price"
        + " is that the newest lines come last, up to 4.8 s late (p99), since 4,491 lines go by the disk to"
        + " keep their order. A buffer never makes a slow collector fast; it chooses who notices.";

    /// <inheritdoc/>
    protected override IReadOnlyList<DesignOption> OwnOptions { get; } =
    [
        DesignOption.Choice(
            "when-full", "What becomes of a line when the buffer is full", Spill, Lossy, Blocking),
        Count("buffer", 1_000, "Lines that the buffer keeps in memory"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<DesignVariant> ToTry { get; } =
    [
        new("--when-full blocking", "a slow collector stops the service"),
        new("--when-full lossy", "no request is slower, and lines are gone"),
        new("--buffer 3000", "as much room as the slow collector needs"),
    ];

    /// <inheritdoc/>
    protected override Push UsualPush { get; } = new()
    {
        What = DegradeFault.Slow, Size = 4, At = TimeSpan.FromSeconds(10), For = TimeSpan.FromSeconds(10),
        Part = "collector",
    };

    /// <inheritdoc/>
    protected override ArchitectureGraph Graph(DesignOptions options) => new(Name,
        [
            new ClientsPart("users") { Rate = 500, Keys = 1_000, Reads = 0, Calls = [new("app")] },
            new ServicePart("app")
            {
                Workers = 16, Time = TakesTime.Exponential(TimeSpan.FromMilliseconds(10)),
                Calls = [new("buffer")],
            },
            new QueuePart("buffer")
            {
                Size = options.Count("buffer"), WhenFull = s_whenFull[options.Choice("when-full")],
                Consumers = 8, Durable = false, Calls = [new("collector")],
            },
            new DatabasePart("collector")
            {
                Workers = 4, WriteTime = TakesTime.Always(TimeSpan.FromMilliseconds(4)), Locks = false,
            },
        ])
        {
            Summary = options.Choice("when-full") switch
            {
                Spill => "what the buffer cannot keep goes to a disk, and from there on in order",
                Lossy => "what the buffer cannot keep pushes the oldest lines out",
                _ => "requests wait until there is room in the buffer",
            },
            Duration = TimeSpan.FromSeconds(40),
            Settle = TimeSpan.FromSeconds(10),
            Slo = TimeSpan.FromMilliseconds(200),
            Limits = [MeasuredLimit.Parse("latency-p99 < 200ms"), MeasuredLimit.Parse("availability > 99%")],
        };
}
