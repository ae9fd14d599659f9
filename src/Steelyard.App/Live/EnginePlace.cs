using Steelyard.Live;
using Steelyard.Live.Engines;
using Steelyard.Live.Networks;

namespace Steelyard.App.Live;

/// <summary>An engine, set up in one way, in which a design's data can stand.</summary>
/// <param name="Name">Its word, for <c>--on</c>.</param>
/// <param name="Engine">The engine's name.</param>
/// <param name="Config">Its set-up.</param>
/// <param name="Summary">A few words on it.</param>
internal sealed record EnginePlace(string Name, string Engine, string Config, string Summary)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<EnginePlace> All { get; } =
    [
        new("etcd", "etcd", "cluster", "three members of etcd"),
        new("postgres", "postgres", "single", "PostgreSQL, serializable")
        {
            Chosen = [("isolation", "serializable")],
        },
        new("postgres-read-committed", "postgres", "single", "PostgreSQL at its default level"),
        new("redis", "redis", "sentinel", "Redis, a primary and two replicas that follow asynchronously"),
    ];

    /// <summary>What differs of the engine's options.</summary>
    public IReadOnlyList<(string Option, string Value)> Chosen { get; init; } = [];

    /// <summary>What starts it.</summary>
    /// <param name="network">What cuts its links.</param>
    public LiveDeployment Deployment(NetworkKind network)
    {
        var engine = LiveCatalogue.All.OfType<LiveDesign>()
            .First(design => design.Engine.Name == Engine).Engine;
        var setup = engine.SetupOf(
            Config, option => Chosen.FirstOrDefault(chosen => chosen.Option == option.Name).Value
                ?? option.Default) with { Network = network };
        return new() { Engine = engine, Setup = setup };
    }
}
