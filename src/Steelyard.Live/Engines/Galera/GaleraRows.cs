using Steelyard.Live.Matrix;

namespace Steelyard.Live.Engines.Galera;

/// <summary>What is said of Galera.</summary>
internal static class GaleraRows
{
    public static IReadOnlyList<MatrixRow> All { get; } = [];
}
