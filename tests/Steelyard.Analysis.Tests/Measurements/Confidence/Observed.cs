namespace Steelyard.Analysis.Tests.Measurements.Confidence;

/// <summary>Series whose true figures are known.</summary>
internal static class Observed
{
    /// <summary>Values that share nothing, exponential with mean 1.</summary>
    public static double[] Independent(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Exponential(random))];
    }

    /// <summary>Response times of an M/M/1 queue by Lindley's recurrence; mean service is 1. In the steady
    /// state they are exponential with mean 1 / (1 - busy).</summary>
    /// <param name="seed">Of its arrivals and services.</param>
    /// <param name="count">How many.</param>
    /// <param name="busy">The share of the time that its server is busy.</param>
    /// <param name="firstWait">How long the first waits.</param>
    public static double[] Responses(int seed, int count, double busy, double firstWait = 0)
    {
        var random = new Random(seed);
        var (wait, responses) = (firstWait, new double[count]);
        for (var i = 0; i < count; i++)
        {
            var service = Exponential(random);
            responses[i] = wait + service;
            wait = Math.Max(0, responses[i] - (Exponential(random) / busy));
        }

        return responses;
    }

    /// <summary>How many are in an M/M/1 queue at each second; mean service is 1 s.</summary>
    public static double[] Lengths(int seed, int seconds, double busy)
    {
        var random = new Random(seed);
        var (time, queue, lengths) = (0.0, 0, new double[seconds]);
        for (var second = 0; second < seconds;)
        {
            time += Exponential(random) / (queue > 0 ? busy + 1 : busy);
            for (; second < seconds && second < time; second++)
                lengths[second] = queue;
            queue += queue == 0 || random.NextDouble() < busy / (busy + 1) ? 1 : -1;
        }

        return lengths;
    }

    /// <summary>How often something is true, over seeds from 1.</summary>
    public static int Count(int seeds, Predicate<int> isTrue) =>
        Enumerable.Range(1, seeds).Count(seed => isTrue(seed));

    static double Exponential(Random random) => -Math.Log(1 - random.NextDouble());
}
