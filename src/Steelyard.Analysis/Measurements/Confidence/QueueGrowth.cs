using System.Globalization;
using Steelyard.Analysis.Laws;
using Steelyard.Histories;

namespace Steelyard.Analysis.Measurements.Confidence;

/// <summary>
/// Whether what waits becomes more and more: a system that is offered more than it can do has no steady
/// state, and figures of it tell how long one looked. What waits is followed over the run by a straight line
/// (least squares over means of stretches). It grows when the slope lies above zero with 95 %, and nearly
/// every stretch adds to what waits: a fault adds once, and a queue that is only busy gives back what it
/// took.
/// </summary>
/// <param name="PerSecond">By how much it grows each second.</param>
/// <param name="Stretches">Of how many stretches of the run that was found.</param>
/// <param name="Growing">After how many of them more waited than before.</param>
public sealed record QueueGrowth(ConfidenceInterval PerSecond, int Stretches, int Growing)
{
    const int MostStretches = 20;
    const int LeastStretches = 10;
    const double NearlyEvery = 0.8;
    const int Moments = 400;

    // Fewer that wait for each stretch are chance: a queue takes as much now and then by itself.
    const double LeastGrowthPerStretch = 2;

    /// <summary>True when it grows without end.</summary>
    public bool IsUnstable => PerSecond.Low > 0 && Growing >= NearlyEvery * (Stretches - 1);

    /// <summary>What was found, in a sentence.</summary>
    public string Sentence => IsUnstable
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"it is offered more than it can do: {PerSecond.Estimate:#,0.#} requests more wait each second"
            + $" ({PerSecond.Low:#,0.#} to {PerSecond.High:#,0.#}, 95 %)")
        : "what waits does not grow without end";

    /// <summary>Of lengths of a queue at moments that follow each other evenly; null where they are too
    /// few.</summary>
    /// <param name="lengths">How many wait, moment by moment.</param>
    /// <param name="seconds">From the first moment to the last; above 0.</param>
    public static QueueGrowth? Of(IReadOnlyList<double> lengths, double seconds)
    {
        var length = Math.Max(1, lengths.Count / MostStretches);
        if (lengths.Count / length < LeastStretches || !(seconds > 0))
            return null;
        var means = BatchMeans.Means(lengths, length);
        var apart = seconds / Math.Max(1, lengths.Count - 1) * length;
        var growing = means.Zip(means.Skip(1), (before, after) => after - before)
            .Count(step => step >= LeastGrowthPerStretch);
        return new(Slope(means, apart), means.Count, growing);
    }

    /// <summary>Of the requests of a run while its load lasts: each waits from when it is due until it ends,
    /// and one that was never sent waits for ever. Null where the history cannot tell.</summary>
    /// <param name="history">What clients saw.</param>
    public static QueueGrowth? Of(History history)
    {
        if (!Requests.HasTimes(history))
            return null;
        var load = LoadSpan.Of(history);
        var changes = new double[Moments + 1];
        foreach (var request in Requests.Of(history))
        {
            changes[MomentOf(request.IntendedNs, load)]++;
            if (request.IsSent && request.Outcome != Outcome.Info)
                changes[MomentOf(request.CompletedNs, load)]--;
        }

        for (var moment = 1; moment < Moments; moment++)
            changes[moment] += changes[moment - 1];
        return Of(changes[..Moments], load.Seconds);
    }

    // The first moment at or after a time; the last place is what comes after the load.
    static int MomentOf(long timeNs, LoadSpan load) => (int)Math.Clamp(
        Math.Ceiling(((double)timeNs - load.StartNs) / (load.EndNs - load.StartNs) * (Moments - 1)),
        0, Moments);

    static ConfidenceInterval Slope(IReadOnlyList<double> means, double apart)
    {
        var (n, middle, mean) = (means.Count, (means.Count - 1) / 2.0, means.Average());
        var across = n * (((double)n * n) - 1) / 12;
        var slope = means.Select((value, at) => (at - middle) * (value - mean)).Sum() / across;
        var squares = means.Select((value, at) => value - mean - (slope * (at - middle)))
            .Sum(residual => residual * residual);
        var error = Math.Sqrt(squares / (n - 2) / across) * StudentsT.Quantile975(n - 2);
        return new(
            (slope - error) / apart, slope / apart, (slope + error) / apart, n,
            $"least squares over the means of {n} stretches");
    }
}
