namespace Steelyard.Histories;

/// <summary>One of the longest orders of the operations that an anomaly names which the model allows: proof
/// that the others fit nowhere.</summary>
/// <param name="Initial">The state at first, as people write it.</param>
/// <param name="Steps">The operations in this order, each with the state after it.</param>
/// <param name="Refused">The operations that could come next and that the last state does not allow.</param>
/// <param name="Later">How many more there are, which come after those in real time.</param>
public sealed record PartialOrder(
    string Initial, IReadOnlyList<PartialStep> Steps, IReadOnlyList<RefusedStep> Refused, int Later);

/// <summary>A step of such an order.</summary>
/// <param name="Operation">Index of the operation.</param>
/// <param name="State">The state after it, as people write it.</param>
/// <param name="IsOfWitness">False for another operation, which need not have happened; it may stand there
/// several times.</param>
public sealed record PartialStep(int Operation, string State, bool IsOfWitness = true);

/// <summary>An operation that does not fit.</summary>
/// <param name="Operation">Index of the operation.</param>
/// <param name="Why">What holds instead: <c>x held 2</c>.</param>
public sealed record RefusedStep(int Operation, string Why);
