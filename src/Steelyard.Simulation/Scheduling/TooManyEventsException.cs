namespace Steelyard.Simulation.Scheduling;

/// <summary>More events were to wait than may: the run ends here, whatever its nodes make of this.</summary>
/// <param name="waiting">How many wait.</param>
internal sealed class TooManyEventsException(int waiting) : Exception($"{waiting:N0} events wait at once");
