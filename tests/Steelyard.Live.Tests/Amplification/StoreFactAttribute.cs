using Steelyard.Live.Amplification;

namespace Steelyard.Live.Tests.Amplification;

/// <summary>A test on a store; skipped with a plain line where the store is not on this machine.</summary>
/// <param name="store">As on the command line.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StoreFactAttribute(string store) : FactAttribute
{
    /// <inheritdoc/>
    public override string? Skip => MeasuredStore.All.First(one => one.Name == store).WhyNot;
}
