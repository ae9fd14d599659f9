using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Load;

/// <summary>An operation that waits to be sent.</summary>
/// <param name="DueNs">When it was due, in ns; null when it is not yet.</param>
/// <param name="Invocation">What to ask.</param>
internal readonly record struct DueOperation(long? DueNs, Invocation Invocation);
