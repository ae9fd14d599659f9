using Steelyard.Live.Clocks;
using Steelyard.Live.Disks;

namespace Steelyard.Live.Tests.Engines;

/// <summary>A test on a real engine; skipped with a plain line where the engine is not installed, and where
/// it takes long and nobody asked for those.</summary>
/// <param name="engine">As on the command line.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EngineFactAttribute(string engine) : FactAttribute
{
    /// <summary>Whether it is tried only by <c>./test --live</c>.</summary>
    public bool IsLong { get; init; }

    /// <summary>Whether nodes have disks of their own in it, which want more of the machine.</summary>
    public bool WantsDisks { get; init; }

    /// <summary>Whether nodes have clocks of their own in it.</summary>
    public bool WantsClocks { get; init; }

    /// <inheritdoc/>
    public override string? Skip => Missing()
        ?? (WantsDisks ? NodeDisk.WhyNot() ?? NodeTracer.WhyNot() : null)
        ?? (WantsClocks ? NodeClock.WhyNot() : null)
        ?? (IsLong && !AreLongWanted ? "./test --live tries it" : null);

    static bool AreLongWanted => Environment.GetEnvironmentVariable("STEELYARD_LIVE") == "1";

    string? Missing() =>
        LiveEngines.Named(engine).Programs.FirstOrDefault(program => program.Path is null) is { } missing
            ? $"{missing.Name} is not here (package {missing.Package})"
            : null;
}
