using Steelyard.Live.Disks;

namespace Steelyard.Live.Tests.Disks;

/// <summary>A test on disks that are made for it; skipped with a plain line where there can be
/// none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DiskFactAttribute : FactAttribute
{
    /// <inheritdoc/>
    public override string? Skip => NodeDisk.WhyNot() ?? NodeTracer.WhyNot();
}
