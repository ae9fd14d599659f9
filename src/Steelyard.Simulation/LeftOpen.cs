namespace Steelyard.Simulation;

/// <summary>Operations that clients still wait for, though all faults are over and the world has waited for
/// them: it gives up on them now.</summary>
/// <param name="IsClosed">Whether nothing can happen any more by itself: no message is on its way, and no
/// node or client has a timer.</param>
/// <param name="Operations">Their places in the history.</param>
/// <param name="Processes">Who waits for each of them.</param>
internal sealed record LeftOpen(
    bool IsClosed, IReadOnlyList<int> Operations, IReadOnlyList<int> Processes);
