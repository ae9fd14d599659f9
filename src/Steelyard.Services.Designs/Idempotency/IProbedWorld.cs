using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Idempotency;

/// <summary>A cluster with one client that acts out a case. Each case has a world of its own.</summary>
internal interface IProbedWorld
{
    /// <summary>The names of its hosts, in order of their addresses; the client's comes after
    /// theirs.</summary>
    IReadOnlyList<string> Hosts { get; }

    /// <summary>The hosts that take requests; a case's first one goes to the first.</summary>
    IReadOnlyList<string> Takers { get; }

    /// <summary>Who holds the keys, the one that is killed first; none where nobody knows.</summary>
    IReadOnlyList<string> KeyStore { get; }

    /// <summary>Acts out a case.</summary>
    /// <param name="of">The case.</param>
    /// <param name="act">What its client does.</param>
    /// <param name="plan">What breaks meanwhile.</param>
    /// <param name="trace">Who watches; null is nobody.</param>
    CaseResult Run(
        ConformanceCase of, Func<Probe, Task<CaseResult>> act, FaultPlan plan, ITraceSink? trace);
}
