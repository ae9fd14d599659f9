using Steelyard.Designs.Architecture.Parts;

namespace Steelyard.Designs.Architecture;

/// <summary>The kinds of parts there are: one row each.</summary>
internal static class PartKinds
{
    /// <summary>All of them, made with a name.</summary>
    public static IReadOnlyList<(string Kind, string Meaning, Func<string, Part> Make)> All { get; } =
    [
        ("clients", "those who ask, openly or in a closed circle", name => new ClientsPart(name)),
        ("job", "hands on records in order, with checkpoints", name => new JobPart(name)),
        ("load-balancer", "passes each request on to an instance", name => new LoadBalancerPart(name)),
        ("service", "works at requests and calls other parts", name => new ServicePart(name)),
        ("cache", "holds answers, up to a size and an age; a CDN", name => new CachePart(name)),
        ("database", "shards, replicas, row locks, group commit, a disk", name => new DatabasePart(name)),
        ("queue", "answers at once and hands on later, at least once", name => new QueuePart(name)),
        ("log", "keeps writes as events, in order, for projections to read", name => new LogPart(name)),
        ("projection", "a read model that is made of the events of a log", name => new ProjectionPart(name)),
        ("batcher", "gathers requests and passes them on as one", name => new BatcherPart(name)),
    ];

    /// <summary>Their words.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. All.Select(kind => kind.Kind)];

    /// <summary>A part of a kind; the word must be one of <see cref="Words"/>.</summary>
    public static Part Make(string kind, string name) => All.First(one => one.Kind == kind).Make(name);
}
