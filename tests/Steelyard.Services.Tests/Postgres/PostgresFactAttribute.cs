using Steelyard.Services.Postgres;

namespace Steelyard.Services.Tests.Postgres;

/// <summary>A test on a real PostgreSQL; skipped with a plain line where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    /// <summary>Whether it runs only where <c>STEELYARD_LONG=1</c>.</summary>
    public bool IsLong { get; init; }

    /// <inheritdoc/>
    public override string? Skip => PostgresHere.WhyNot
        ?? (IsLong && Environment.GetEnvironmentVariable("STEELYARD_LONG") != "1"
            ? "takes long: STEELYARD_LONG=1 runs it" : null);
}
