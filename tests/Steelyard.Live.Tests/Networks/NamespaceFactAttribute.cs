using Steelyard.Live.Networks;

namespace Steelyard.Live.Tests.Networks;

/// <summary>A test in network namespaces; skipped with a plain line where this machine has none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NamespaceFactAttribute : FactAttribute
{
    /// <inheritdoc/>
    public override string? Skip => NamespaceNetwork.WhyNot();
}
