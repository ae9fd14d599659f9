using Steelyard.Live.Engines.Postgres;

namespace Steelyard.App.Tests.Live;

/// <summary>A test on a real PostgreSQL; skipped with a plain line where it is not installed, and where it
/// takes long and nobody asked for those.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    /// <summary>Whether it is tried only by <c>./test --live</c>.</summary>
    public bool IsLong { get; init; }

    /// <inheritdoc/>
    public override string? Skip =>
        PostgresEngine.ProgramNamed("postgres").Path is null
            ? "postgres is not here (package postgresql-15)"
        : IsLong && Environment.GetEnvironmentVariable("STEELYARD_LIVE") != "1" ? "./test --live tries it"
        : null;
}
