namespace Steelyard.Analysis.Laws.Queueing;

/// <summary>M/M/1/K: one server, room for K requests, the one in service among them; who finds no room is
/// turned away (Kleinrock 1975, section 3.6).</summary>
/// <param name="Room">K, at least 1.</param>
/// <param name="ArrivalsPerSecond">λ, above 0; more than the server can do is allowed.</param>
/// <param name="ServiceSeconds">The mean time of service, above 0.</param>
public sealed record BoundedQueue(int Room, double ArrivalsPerSecond, double ServiceSeconds)
{
    /// <summary>λ/μ; may be above 1.</summary>
    public double Offered => ArrivalsPerSecond * ServiceSeconds;

    /// <summary>The probability of finding no room, 0 to 1.</summary>
    public double BlockingProbability => Probability(Room);

    /// <summary>How many are there on average, L.</summary>
    public double MeanNumber => Enumerable.Range(0, Room + 1).Sum(number => number * Probability(number));

    /// <summary>How many are served a second.</summary>
    public double Throughput => ArrivalsPerSecond * (1 - BlockingProbability);

    /// <summary>The mean time from arrival to departure of those that find room, in seconds.</summary>
    public double MeanResponseSeconds => MeanNumber / Throughput;

    /// <summary>The share of the time that the server is busy.</summary>
    public double Utilisation => 1 - Probability(0);

    /// <summary>The probability that so many are there.</summary>
    public double Probability(int number)
    {
        // Scaled to the largest term: powers of a load above 1 would not fit.
        var sum = 0.0;
        for (var k = 0; k <= Room; k++)
            sum += Math.Pow(Offered, k - number);
        return 1 / sum;
    }
}
