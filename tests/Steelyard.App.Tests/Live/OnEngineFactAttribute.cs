using Steelyard.Live;

namespace Steelyard.App.Tests.Live;

/// <summary>A test on a real engine; skipped with a plain line where it is not installed, and where it takes
/// long and nobody asked for those.</summary>
/// <param name="engine">As on the command line.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnEngineFactAttribute(string engine) : FactAttribute
{
    /// <summary>Whether it is tried only by <c>./test --live</c>.</summary>
    public bool IsLong { get; init; }

    /// <inheritdoc/>
    public override string? Skip =>
        LiveCatalogue.All.OfType<LiveDesign>().First(design => design.Engine.Name == engine).Engine.Programs
            .FirstOrDefault(program => program.Path is null) is { } missing
            ? $"{missing.Name} is not here (package {missing.Package})"
        : IsLong && Environment.GetEnvironmentVariable("STEELYARD_LIVE") != "1" ? "./test --live tries it"
        : null;
}
