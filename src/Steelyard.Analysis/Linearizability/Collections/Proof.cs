using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Collections;

/// <summary>A decision about one object.</summary>
/// <param name="Anomaly">What contradicts itself; null when nothing does.</param>
/// <param name="Order">History indices in an order that explains them; null when there is none.</param>
internal readonly record struct Proof(Anomaly? Anomaly, int[]? Order);
