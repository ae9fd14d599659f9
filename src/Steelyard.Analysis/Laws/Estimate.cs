namespace Steelyard.Analysis.Laws;

/// <summary>A number found by trials, and between what it lies with 95 %.</summary>
/// <param name="Value">The number.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public readonly record struct Estimate(double Value, double Low, double High)
{
    /// <summary>Half of the width over the value; 0 where both are 0.</summary>
    public double RelativeError => High == Low ? 0 : (High - Low) / 2 / Math.Abs(Value);
}
