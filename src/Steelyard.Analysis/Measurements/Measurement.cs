namespace Steelyard.Analysis.Measurements;

/// <summary>A number that was measured, with its unit and what it rests on.</summary>
/// <param name="Name">What, in kebab case: <c>latency-p99</c>, <c>availability-minority</c>.</param>
/// <param name="Value">How much; NaN where there were no samples.</param>
/// <param name="Unit">Of what: <c>ms</c>, <c>1/s</c>, <c>share</c>, <c>bytes</c>, <c>versions</c>.</param>
/// <param name="Samples">On how many samples it rests.</param>
public sealed record Measurement(string Name, double Value, string Unit, long Samples);
