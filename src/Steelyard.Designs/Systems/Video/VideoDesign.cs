using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Systems.Video;

/// <summary>Looks at the frames of cameras in time, or encodes videos for later.</summary>
internal sealed class VideoDesign : ArchitectureSystem
{
    const string Cameras = "cameras";
    const string Encode = "encode";
    const string Drop = "drop";
    const string Keep = "keep";
    const int FramesPerSecond = 30;

    /// <inheritdoc/>
    public override string Name => "video";

    /// <inheritdoc/>
    public override string Summary =>
        "cameras of 30 frames a second on GPUs: 33.3 ms a frame and stage, in batches, and late ones dropped";

    /// <inheritdoc/>
    public override string Story =>
        "Thirty frames a second leave each stage 33.3 ms for a frame of a camera: with a decoder that"
        + " takes 33 ms all is in time, with 34 ms lines grow, and 43 % are late or dropped. One GPU"
        + " infers a frame in 10 ms and each further one of a batch in 2: one by one that is 100 a second,"
        + " three cameras (of ten, two frames of three are dropped); in batches of ten it is 357, eleven"
        + " cameras, and ten are seen within 67 ms. Two GPUs serve twenty; but all frames reach them over"
        + " one bus, 1 ms each, so that three GPUs serve 33 cameras and a fourth adds nothing. With"
        + " fourteen cameras on one GPU not all can be in time: where frames that would be late are"
        + " dropped, 85 % are seen within 89 ms; where they are kept, 1 % are in time, and after half a"
        + " minute the picture is 5.3 s old. The farm (mode encode) is about throughput: 58 videos an hour"
        + " either way, each of ten minutes' work. In ten pieces side by side, half of them are done"
        + " within 71 s in place of 611, and beginning each piece makes the work 15 % more.";

    /// <inheritdoc/>
    public override IReadOnlyList<DesignVariant> ToTry { get; } =
    [
        new("--batch 1", "frame by frame one GPU serves three cameras"),
        new("--decode 34ms", "a stage that takes longer than a frame"),
        new("--cameras 40 --gpus 4", "more GPUs than the bus can feed"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<DesignOption> OwnOptions { get; } =
    [
        DesignOption.Choice("mode", "Frames of cameras, each to be seen within 100 ms, or a farm that encodes"
            + " videos", Cameras, Encode),
        Count("cameras", 10, "Cameras of 30 frames a second"),
        Count("gpus", 1, "GPUs; an inference of one frame takes 10 ms, each further one of a batch 2 ms"),
        Count("batch", 10, "Frames of a batch; 1 infers them one by one"),
        Time("decode", "8ms", "How long a camera's decoder works at a frame; it does one at a time"),
        DesignOption.Choice("late", "What becomes of a frame that would be late, for one waits before it"
            + " already: it is dropped, or kept", Drop, Keep),
        Count("chunks", 10, "Pieces of a video that are encoded side by side (mode encode); 1 is all of it"),
    ];

    /// <inheritdoc/>
    protected override ArchitectureGraph Graph(DesignOptions options) =>
        options.Choice("mode") == Encode ? Farm(options) : Live(options);

    ArchitectureGraph Live(DesignOptions options)
    {
        var (cameras, batch) = (options.Count("cameras"), options.Count("batch"));
        var (gpus, drops) = (options.Count("gpus"), options.Choice("late") == Drop);
        return new(Name,
        [
            new ClientsPart("cameras")
            {
                Rate = cameras * FramesPerSecond, IsEven = true, Sessions = cameras, Keys = cameras,
                Calls = [new("decoder") { Balance = Balancing.Range }],
            },
            new ServicePart("decoder")
            {
                Instances = cameras, Workers = 1, Frees = true, Queue = drops ? 1 : null,
                Time = TakesTime.Always(options.Duration("decode")), Calls = [new("bus")],
            },
            new ServicePart("bus")
            {
                Workers = 1, Frees = true, Queue = drops ? 40 : null, Time = TakesTime.Parse("1ms"),
                Calls = [new(batch == 1 ? "gpu" : "batcher")],
            },
            .. batch == 1 ? Array.Empty<Part>() :
            [
                new BatcherPart("batcher")
                {
                    Size = batch, Linger = TimeSpan.FromMilliseconds(34), Calls = [new("gpu")],
                },
            ],
            new ServicePart("gpu")
            {
                Workers = gpus, Time = TakesTime.Parse("10ms"), PerItem = TimeSpan.FromMilliseconds(2),
                Queue = drops ? gpus : null, Price = gpus,
            },
        ])
        {
            Summary = $"{cameras} cameras on {gpus} {(gpus == 1 ? "GPU" : "GPUs")}, "
                + (batch == 1 ? "frame by frame" : $"{batch} frames at once"),
            Link = TakesTime.Parse("50us"),
            Slo = TimeSpan.FromMilliseconds(100),
            Duration = TimeSpan.FromSeconds(30),
            Settle = TimeSpan.FromSeconds(5),
            Limits =
            [
                MeasuredLimit.Parse("availability > 99.9%"), MeasuredLimit.Parse("latency-p99 < 100ms"),
            ],
        };
    }

    ArchitectureGraph Farm(DesignOptions options)
    {
        var chunks = options.Count("chunks");
        // A video of ten minutes of work; each piece has its own start besides.
        var piece = TimeSpan.FromSeconds(10 + (600.0 / chunks));
        return new(Name,
        [
            new ClientsPart("studios") { Rate = 1 / 60.0, Calls = [new("splitter")] },
            new ServicePart("splitter")
            {
                Time = TakesTime.Parse("1s"),
                Calls = [new("encoder") { Fan = chunks, Balance = Balancing.LeastOpen }],
            },
            new ServicePart("encoder")
            {
                Instances = 20, Workers = 1, Time = TakesTime.Always(piece), Price = 1,
            },
        ])
        {
            Summary = $"videos encoded in {chunks} pieces",
            Slo = TimeSpan.FromMinutes(5),
            Duration = TimeSpan.FromHours(10),
            Settle = TimeSpan.FromMinutes(30),
            Limits = [MeasuredLimit.Parse("latency-p99 < 5m")],
        };
    }
}
