using System.Globalization;

namespace Steelyard.Simulation;

/// <summary>
/// A node or client of the design threw: a bug of the design (or of ours), never a fault of the user's. The
/// run ends there; the exception it threw is inside.
/// </summary>
/// <param name="who">The node's or client's name.</param>
/// <param name="timeNs">When, in ns of the run.</param>
/// <param name="atEvent">At which event of the scheduler: <c>--stop-at-event</c> stops just before.</param>
/// <param name="inner">What it threw.</param>
public sealed class NodeFailedException(string who, long timeNs, long atEvent, Exception inner)
    : Exception(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{who} failed at {timeNs / 1e9:F3} s, event {atEvent}: {inner.GetType().Name}: {inner.Message}"),
        inner)
{
    /// <summary>At which event of the scheduler.</summary>
    public long AtEvent => atEvent;
}
