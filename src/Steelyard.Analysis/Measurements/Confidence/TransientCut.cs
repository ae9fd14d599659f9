namespace Steelyard.Analysis.Measurements.Confidence;

/// <summary>
/// How much of the begin of a run is no part of what it settles to. MSER-5: of all places to cut, the one
/// after which the mean of what is left has the least standard error, over means of five values (White 1997,
/// "An effective truncation heuristic for bias reduction in simulation output"; White, Cobb and Spratt 2000).
/// </summary>
/// <param name="Cut">How many values are to be left out at the begin.</param>
/// <param name="Of">How many there are.</param>
/// <param name="IsKnown">False when the best place lies beyond the middle, or there are too few values: the
/// run is too short to tell its transient from the rest, and nothing is cut.</param>
public sealed record TransientCut(int Cut, int Of, bool IsKnown)
{
    const int InABatch = 5;
    const int LeastBatches = 10;

    // The error of a handful of means is small by chance.
    const int LeftBatches = 5;

    /// <summary>Where to cut.</summary>
    /// <param name="series">What was observed, in its order.</param>
    public static TransientCut Find(IReadOnlyList<double> series)
    {
        var batches = series.Count / InABatch;
        if (batches < LeastBatches)
            return new(0, series.Count, IsKnown: false);
        var place = LeastError(series, batches);
        return place > batches / 2
            ? new(0, series.Count, IsKnown: false)
            : new(place * InABatch, series.Count, IsKnown: true);
    }

    /// <summary>What is left.</summary>
    public IReadOnlyList<double> Rest(IReadOnlyList<double> series) => [.. series.Skip(Cut)];

    /// <summary>What was found, in a sentence.</summary>
    public string Sentence => this switch
    {
        { IsKnown: false } => FormattableString.Invariant(
            $"the {Of:N0} values are too few to tell a transient from the rest, and nothing was cut"),
        { Cut: 0 } => FormattableString.Invariant($"no transient was found in {Of:N0} values (MSER-5)"),
        _ => FormattableString.Invariant(
            $"the first {Cut:N0} of {Of:N0} values are the transient, and were cut (MSER-5)"),
    };

    // From the last batch to the first, with Welford's recurrence; of equals the earliest.
    static int LeastError(IReadOnlyList<double> series, int batches)
    {
        var (mean, squares, least, best) = (0.0, 0.0, double.PositiveInfinity, 0);
        for (var place = batches - 1; place >= 0; place--)
        {
            var value = 0.0;
            for (var i = 0; i < InABatch; i++)
                value += series[(place * InABatch) + i];
            value /= InABatch;
            var count = batches - place;
            var difference = value - mean;
            mean += difference / count;
            squares += difference * (value - mean);
            var error = squares / ((double)count * count);
            if (count >= LeftBatches && error <= least)
                (least, best) = (error, place);
        }

        return best;
    }
}
