namespace Steelyard.Analysis.Laws.Queueing;

/// <summary>
/// The supermarket model: each arrival looks at d of very many servers and joins the shortest queue
/// (Mitzenmacher 2001, "The power of two choices in randomized load balancing", theorem 1; Vvedenskaya,
/// Dobrushin and Karpelevich 1996).
/// </summary>
/// <param name="Choices">d, at least 1.</param>
/// <param name="Utilisation">λ for each server with a mean service time of 1, above 0 and below 1.</param>
public sealed record PowerOfChoices(int Choices, double Utilisation)
{
    const double Negligible = 1e-16;

    /// <summary>The mean time in the system, in mean service times: the sum of λ^((d^i - d)/(d -
    /// 1)).</summary>
    public double MeanResponse
    {
        get
        {
            if (Choices == 1)
                return 1 / (1 - Utilisation);
            var (sum, exponent, power) = (0.0, 0.0, (double)Choices);
            for (var term = 1.0; term > Negligible; term = Math.Pow(Utilisation, exponent))
            {
                sum += term;
                exponent += power;
                power *= Choices;
            }

            return sum;
        }
    }

    /// <summary>The share of servers with at least so many requests: λ^((d^i - 1)/(d - 1)).</summary>
    public double AtLeast(int requests) => Choices == 1
        ? Math.Pow(Utilisation, requests)
        : Math.Pow(Utilisation, (Math.Pow(Choices, requests) - 1) / (Choices - 1));
}
