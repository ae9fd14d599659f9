using Steelyard.Live.Matrix;

namespace Steelyard.Live.Engines.RabbitMq;

/// <summary>What is said of RabbitMQ.</summary>
internal static class RabbitRows
{
    public static IReadOnlyList<MatrixRow> All { get; } = [];
}
