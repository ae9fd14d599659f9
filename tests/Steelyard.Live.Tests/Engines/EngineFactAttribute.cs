namespace Steelyard.Live.Tests.Engines;

/// <summary>A test on a real engine; skipped with a plain line where the engine is not installed, and where
/// it takes long and nobody asked for those.</summary>
/// <param name="engine">As on the command line.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EngineFactAttribute(string engine) : FactAttribute
{
    /// <summary>Whether it is tried only by <c>./test --live</c>.</summary>
    public bool IsLong { get; init; }

    /// <inheritdoc/>
    public override string? Skip => Missing() ?? (IsLong && !AreLongWanted ? "./test --live tries it" : null);

    static bool AreLongWanted => Environment.GetEnvironmentVariable("STEELYARD_LIVE") == "1";

    string? Missing() =>
        LiveEngines.Named(engine).Programs.FirstOrDefault(program => program.Path is null) is { } missing
            ? $"{missing.Name} is not here (package {missing.Package})"
            : null;
}
