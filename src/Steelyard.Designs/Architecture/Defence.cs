using Steelyard.Designs.Architecture.Parts;

namespace Steelyard.Designs.Architecture;

/// <summary>A change that may keep an architecture from staying down after a push.</summary>
/// <param name="Name">What it is, in a few words.</param>
/// <param name="Onto">The same architecture with it; the same object where it has nothing to change.</param>
internal sealed record Defence(string Name, Func<ArchitectureGraph, ArchitectureGraph> Onto)
{
    const double Budget = 0.1;
    const double FailuresThatOpen = 0.5;
    const int LineEachWorker = 5;

    /// <summary>Those that are tried, one at a time.</summary>
    public static IReadOnlyList<Defence> All { get; } =
    [
        new("a retry budget of 10 %", graph => OnCalls(
            graph, edge => edge is { Retries: > 0, RetryBudget: null }, edge =>
                edge with { RetryBudget = Budget })),
        new("full jitter before retries", graph => OnCalls(
            graph, edge => edge is { Retries: > 0, Backoff: "none" }, edge =>
                edge with { Backoff = "full" })),
        new("no retries", graph => OnCalls(
            graph, edge => edge.Retries > 0, edge => edge with { Retries = 0 })),
        new("lines of at most five times the workers", graph => OnStations(
            graph, part => part is { Workers: not null, Queue: null },
            part => part with { Queue = part.Workers * LineEachWorker })),
        new("the latest first", graph => OnStations(
            graph, part => part is { Workers: not null, Order: StationPart.Fifo },
            part => part with { Order = StationPart.Lifo })),
        new("dropping what nobody waits for", graph => OnStations(
            graph, part => part is { Workers: not null, DropExpired: false }, part =>
                part with { DropExpired = true })),
        new("circuit breakers", graph => OnCalls(
            graph, edge => edge is { Timeout: not null, Breaker: null },
            edge => edge with { Breaker = FailuresThatOpen })),
        new("one look-up of a key at a time", graph => OnStations(
            graph, part => part is CachePart { Coalesce: false, Mode: not CachePart.Aside },
            part => (CachePart)part with { Coalesce = true })),
        new("no hedging", graph => OnCalls(
            graph, edge => edge.Hedge is not null, edge => edge with { Hedge = null })),
    ];

    static ArchitectureGraph OnCalls(
        ArchitectureGraph graph, Func<Edge, bool> which, Func<Edge, Edge> change) =>
        graph.Parts.Any(part => part.Calls.Any(which))
            ? graph with
            {
                Parts =
                [
                    .. graph.Parts.Select(part => part with
                    {
                        Calls = [.. part.Calls.Select(edge => which(edge) ? change(edge) : edge)],
                    }),
                ],
            }
            : graph;

    static ArchitectureGraph OnStations(
        ArchitectureGraph graph, Func<StationPart, bool> which, Func<StationPart, StationPart> change) =>
        graph.Parts.OfType<StationPart>().Any(which)
            ? graph with
            {
                Parts =
                [
                    .. graph.Parts.Select(part => part is StationPart station && which(station)
                        ? change(station) : part),
                ],
            }
            : graph;
}
