namespace Steelyard.Analysis.Laws.Scaling;

/// <summary>
/// What delivered throughput costs when capacity is bought as many machines of one unit, or as one machine
/// of many: prices over the universal scalability law (Gunther 2007, chapter 4). Buying is linear;
/// delivering is not, as soon as machines contend or agree.
/// </summary>
/// <param name="Delivered">The law of what is bought: of machines together, or of cores in one.</param>
/// <param name="UnitPricePerHour">What one unit costs in an hour, at least 0.</param>
/// <param name="PriceExponent">The price of n units is n to this, times that of one: 1 for many machines,
/// and for one machine within a family of them; above 1 where large machines are dear.</param>
public sealed record ScaleCost(
    UniversalScalability Delivered, double UnitPricePerHour, double PriceExponent = 1)
{
    const double SecondsInAnHour = 3600;
    const double Million = 1e6;

    /// <summary>What it costs in an hour.</summary>
    /// <param name="units">How many units, at least 1.</param>
    public double PerHour(double units) => UnitPricePerHour * Math.Pow(units, PriceExponent);

    /// <summary>What a million requests cost at full throughput.</summary>
    /// <param name="units">How many units, at least 1.</param>
    public double PerMillion(double units) =>
        PerHour(units) / (Delivered.Throughput(units) * SecondsInAnHour) * Million;
}
