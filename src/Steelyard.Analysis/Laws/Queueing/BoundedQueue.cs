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
    public double MeanNumber
    {
        get
        {
            var (sum, first) = Sums();
            return Offered <= 1 ? first / sum : Room - (first / sum);
        }
    }

    /// <summary>How many are served a second.</summary>
    // Either says the same; where nearly all is turned away, or nearly nothing comes, one of them has no
    // digits left.
    public double Throughput => Offered <= 1
        ? ArrivalsPerSecond * (1 - BlockingProbability) : Utilisation / ServiceSeconds;

    /// <summary>The mean time from arrival to departure of those that find room, in seconds.</summary>
    public double MeanResponseSeconds => MeanNumber / Throughput;

    /// <summary>The share of the time that the server is busy.</summary>
    public double Utilisation => Offered <= 1 ? Throughput * ServiceSeconds : 1 - Probability(0);

    double Ratio => Offered <= 1 ? Offered : 1 / Offered;

    /// <summary>The probability that so many are there.</summary>
    public double Probability(int number) =>
        Math.Pow(Ratio, Offered <= 1 ? number : Room - number) / Sums().Sum;

    // Of all numbers counted from the likeliest: powers of a load above 1 would not fit.
    (double Sum, double First) Sums()
    {
        var (sum, first, term, ratio) = (0.0, 0.0, 1.0, Ratio);
        for (var away = 0; away <= Room && term > 0; away++)
        {
            sum += term;
            first += away * term;
            term *= ratio;
        }

        return (sum, first);
    }
}
