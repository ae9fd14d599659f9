namespace Steelyard.Analysis.Laws.Caching;

/// <summary>
/// Caches under requests drawn independently: Che's approximation of LRU and FIFO (Che, Tung and Wang 2002,
/// "Hierarchical web caching systems"; Fricker, Robert and Roberts 2012, "A versatile and accurate
/// approximation for LRU cache performance"), and the best fixed choice.
/// </summary>
public sealed class IndependentRequests
{
    const int Steps = 1000;
    const double Nearness = 1e-13;

    readonly double[] _popularity;

    IndependentRequests(double[] popularity) => _popularity = popularity;

    /// <summary>Requests for n objects whose popularity falls with their rank: 1/rank^α.</summary>
    /// <param name="objects">n, at least 1.</param>
    /// <param name="alpha">At least 0.</param>
    public static IndependentRequests Zipf(int objects, double alpha)
    {
        var popularity = new double[objects];
        for (var rank = 0; rank < objects; rank++)
            popularity[rank] = Math.Pow(rank + 1, -alpha);
        var sum = popularity.Sum();
        return new([.. popularity.Select(one => one / sum)]);
    }

    /// <summary>The share of requests that LRU answers, 0 to 1.</summary>
    /// <param name="size">How many objects it holds, at least 1.</param>
    public double Lru(double size) =>
        Hits(size, static x => -double.ExpM1(-x), static x => Math.Exp(-x));

    /// <summary>The share that FIFO answers, and with it random replacement.</summary>
    public double Fifo(double size) =>
        Hits(size, static x => x / (1 + x), static x => 1 / ((1 + x) * (1 + x)));

    /// <summary>The share that the most popular objects have: the optimum without knowing the
    /// future.</summary>
    public double Best(int size) => _popularity.Take(size).Sum();

    // An object is held while its last request is younger than one age for all, at which the cache is full.
    // What is held grows with the age, ever more slowly: Newton's steps from below stay below.
    double Hits(double size, Func<double, double> isHeld, Func<double, double> slope)
    {
        if (size >= _popularity.Length)
            return 1;
        var age = size;
        for (var step = 0; step < Steps; step++)
        {
            var (held, grows) = (0.0, 0.0);
            foreach (var one in _popularity)
            {
                held += isHeld(one * age);
                grows += one * slope(one * age);
            }

            var next = age + ((size - held) / grows);
            if (!(next > age * (1 + Nearness)) || !double.IsFinite(next))
                break;
            age = next;
        }

        return _popularity.Sum(one => one * isHeld(one * age));
    }
}
