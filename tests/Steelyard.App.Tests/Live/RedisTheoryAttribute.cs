using Steelyard.Live.Disks;
using Steelyard.Live.Engines.Redis;

namespace Steelyard.App.Tests.Live;

/// <summary>A test that runs Redis; skipped with a plain line where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RedisTheoryAttribute : TheoryAttribute
{
    /// <summary>Whether nodes have disks of their own in it, which want more of the machine.</summary>
    public bool WantsDisks { get; init; }

    /// <inheritdoc/>
    public override string? Skip =>
        new RedisEngine().Programs.FirstOrDefault(program => program.Path is null) is { } missing
            ? $"{missing.Name} is not here (package {missing.Package})"
            : WantsDisks ? NodeDisk.WhyNot() ?? NodeTracer.WhyNot() : null;
}
