using Steelyard.Live.Engines.Redis;
using Steelyard.Live.Matrix;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Garnet;

/// <summary>Garnet: a server of Redis' protocol inside a .NET process, started as one of its own.</summary>
internal sealed class GarnetEngine : Engine
{
    /// <summary>The option that says when its log is committed.</summary>
    public const string Commit = "commit";

    /// <summary>What runs it.</summary>
    public static EngineProgram Runtime { get; } =
        new("dotnet", "dotnet-runtime-10.0", "/usr/lib/dotnet", "/usr/share/dotnet") { IsOfMachine = true };

    /// <summary>What it is.</summary>
    public static EngineProgram Host { get; } =
        new("Steelyard.GarnetHost.dll", "steelyard", AppContext.BaseDirectory)
        {
            // As it is built, as it is released, and as its package is unpacked.
            Own =
            [
                "GarnetServer.dll", "net*/GarnetServer.dll", "tools/net*/any/GarnetServer.dll",
                "GarnetServer",
            ],
        };

    /// <inheritdoc/>
    public override string Name => "garnet";

    /// <inheritdoc/>
    public override string Summary =>
        "Garnet: what is acknowledged before its log is committed is lost when the process is killed";

    /// <inheritdoc/>
    public override string Story =>
        "Garnet keeps a log in memory and commits it to the disk when it is told to: before it answers, soon"
        + " after, or when somebody asks for it. What it has answered and not committed is gone with the"
        + " process, unlike with Redis, whose log is with the kernel before it answers.";

    /// <inheritdoc/>
    public override IReadOnlyList<EngineProgram> Programs { get; } = [Runtime, Host];

    /// <inheritdoc/>
    public override IReadOnlyList<EngineRelease> Releases { get; } =
    [
        EngineRelease.Listed("Garnet", "Steelyard.GarnetHost.deps.json", "Microsoft.Garnet/", "2.2")
            .OrWrittenIn(Host),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<EngineSetup> Setups { get; } = [new("single", 1, "one server")];

    /// <inheritdoc/>
    public override IReadOnlyList<string> SetupsElsewhere => ["single"];

    /// <inheritdoc/>
    public override IReadOnlyList<LiveWorkload> Workloads => RedisWorkloads.All;

    /// <inheritdoc/>
    public override IReadOnlyList<DesignOption> Options { get; } =
    [
        DesignOption.Choice(
            Commit, "When the log is committed: before each answer, after it, never, or there is none",
            "wait", "after", "never", "none"),
        .. RedisChoices.Options.Where(option => option.Name is "stall" or "client"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<MatrixRow> Rows => GarnetRows.All;

    /// <inheritdoc/>
    public override string WhyNoClock => Untold;

    /// <inheritdoc/>
    public override EngineCluster CreateCluster(EngineSetup setup, ClusterPlace place) =>
        new GarnetCluster(setup, place);

    /// <inheritdoc/>
    public override IClient CreateClient(EngineCluster cluster, ClientSeat seat) =>
        new RedisClient((GarnetCluster)cluster, seat);
}
