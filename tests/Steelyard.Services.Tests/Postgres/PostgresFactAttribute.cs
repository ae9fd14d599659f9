using Steelyard.Services.Postgres;

namespace Steelyard.Services.Tests.Postgres;

/// <summary>A test on a real PostgreSQL; skipped with a plain line where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    /// <inheritdoc/>
    public override string? Skip => PostgresHere.WhyNot;
}
