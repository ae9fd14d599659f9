using Steelyard.Live.Matrix;

namespace Steelyard.Live.Engines.Nats;

/// <summary>What is said of NATS.</summary>
internal static class NatsRows
{
    public static IReadOnlyList<MatrixRow> All { get; } = [];
}
