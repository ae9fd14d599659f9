using Steelyard.Analysis.Laws;

namespace Steelyard.Live.Amplification;

/// <summary>What the repetitions of a store's measurement came to.</summary>
/// <param name="Store">The store.</param>
/// <param name="Plan">What it was asked.</param>
/// <param name="Runs">Each repetition's parts.</param>
internal sealed record StoreFindings(
    MeasuredStore Store, AmplificationPlan Plan, IReadOnlyList<IReadOnlyList<StorePhase>> Runs)
{
    /// <summary>How long its files are for each byte of records in them, after the updates.</summary>
    public Estimate SpaceAmplification => Over(
        "update", phase => (double)phase.FileBytes / Plan.LiveBytes);

    /// <summary>A figure of a part: its mean, with the interval of 95 % by Student's t; without one where
    /// there is one repetition.</summary>
    public Estimate Over(string phase, Func<StorePhase, double> figure)
    {
        var values = Of(phase, figure);
        var mean = values.Average();
        if (values.Count == 1)
            return new(mean, mean, mean);
        var variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
        var half = StudentsT.Quantile975(values.Count - 1) * Math.Sqrt(variance / values.Count);
        return new(mean, mean - half, mean + half);
    }

    /// <summary>A figure of a part, of each repetition.</summary>
    public IReadOnlyList<double> Of(string phase, Func<StorePhase, double> figure) =>
        [.. Runs.Select(run => figure(run.First(part => part.Name == phase)))];

    /// <summary>The least that the device was given, by whoever it was, for each byte: the repetition in
    /// which others wrote least. Not a number where nobody counts it.</summary>
    public double DeviceWrites(string phase) => Of(
        phase, part => part.DeviceBytes is { } bytes ? (double)bytes / part.Bytes : double.NaN).Min();
}
