namespace Steelyard.Analysis.Laws.Queueing;

/// <summary>M/G/1: Poisson arrivals, one server, any service time (Pollaczek 1930; Khinchine 1932; Kleinrock
/// 1975, section 5.6). Without variation it is M/D/1.</summary>
/// <param name="ArrivalsPerSecond">λ, above 0.</param>
/// <param name="ServiceSeconds">The mean time of service, above 0.</param>
/// <param name="SquaredVariation">The variance of the service time over the square of its mean: 0 where all
/// are equal, 1 for exponential ones.</param>
public sealed record GeneralServiceQueue(
    double ArrivalsPerSecond, double ServiceSeconds, double SquaredVariation)
{
    /// <summary>ρ; from 1 on the queue grows without end.</summary>
    public double Utilisation => ArrivalsPerSecond * ServiceSeconds;

    /// <summary>The mean wait before service in seconds, Wq.</summary>
    public double MeanWaitSeconds => Utilisation >= 1
        ? double.PositiveInfinity
        : Utilisation * ServiceSeconds * (1 + SquaredVariation) / (2 * (1 - Utilisation));

    /// <summary>The mean time from arrival to departure in seconds, W.</summary>
    public double MeanResponseSeconds => MeanWaitSeconds + ServiceSeconds;

    /// <summary>How many are there on average, L.</summary>
    public double MeanNumber => ArrivalsPerSecond * MeanResponseSeconds;
}
