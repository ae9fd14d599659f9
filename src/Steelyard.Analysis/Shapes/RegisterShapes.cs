using Steelyard.Histories;

namespace Steelyard.Analysis.Shapes;

/// <summary>Registers hold whatever is written; only a cas has a shape.</summary>
internal static class RegisterShapes
{
    public static OperationShapes All { get; } = new(
        new FunctionShape(Functions.Cas, PayloadShape.ListOf(2, "[from, to]"), PayloadShape.Any));
}
