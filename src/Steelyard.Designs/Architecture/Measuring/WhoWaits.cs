using Steelyard.Designs.Architecture.Parts;

namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>
/// Who is held up by what: a worker by the calls it waits for, a connection by all that its answer takes, a
/// row by the log and the disk. An asynchronous call holds up nobody but its connection, and behind a queue
/// nobody waits at all, unless it blocks whoever comes while it is full.
/// </summary>
/// <param name="graph">The architecture; its calls go in no circle.</param>
internal sealed class WhoWaits(ArchitectureGraph graph)
{
    /// <summary>Whether some of one is in use only since it waits for the other.</summary>
    public bool IsHeldUp(Resource one, Resource by) => one.Kind switch
    {
        // What it does not let through is told so at once.
        ResourceKind.RateLimit => false,
        ResourceKind.Pool => IsAnswerHeldUp(graph.PartOf(one.Over!.To), by),
        ResourceKind.Workers => IsInside(one, by) || (graph.PartOf(one.Part) is var part
            && HoldsWorkers(part) && AreCallsHeldUp(part, by)),
        _ => IsInside(one, by),
    };

    /// <summary>Whether somebody who asks waits for it.</summary>
    public bool IsOnTheWay(Resource one) =>
        graph.Parts.Where(part => part.IsSource).Any(part => AreCallsHeldUp(part, one));

    // A worker waits for the lock of its row, that for its place in the log, and all for the disk.
    static bool IsInside(Resource one, Resource by) =>
        one.Part == by.Part && by.Kind > one.Kind && by.Kind < ResourceKind.Pool;

    bool IsAnswerHeldUp(Part asked, Resource by) =>
        (by.Part == asked.Name && by.Kind is > ResourceKind.RateLimit and < ResourceKind.Pool)
        || AreCallsHeldUp(asked, by);

    bool AreCallsHeldUp(Part caller, Resource by) => Awaited(caller).Any(edge =>
        (by.Part == caller.Name && ReferenceEquals(by.Over, edge))
        || IsAnswerHeldUp(graph.PartOf(edge.To), by));

    // The calls without which a request of a part is not answered.
    static IEnumerable<Edge> Awaited(Part part) => part switch
    {
        QueuePart { WhenFull: not QueuePart.Block } => [],
        QueuePart or BatcherPart => part.Calls,
        _ => part.Calls.Where(edge => !edge.Async),
    };

    // A batcher keeps requests and not workers.
    static bool HoldsWorkers(Part part) => part switch
    {
        BatcherPart => false,
        QueuePart => true,
        StationPart { Frees: true } => false,
        _ => true,
    };
}
