using Steelyard.Live.Clocks;

namespace Steelyard.Live.Tests.Clocks;

/// <summary>A test with clocks that can be set; skipped with a plain line where there can be none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClockFactAttribute : FactAttribute
{
    /// <inheritdoc/>
    public override string? Skip => NodeClock.WhyNot();
}
