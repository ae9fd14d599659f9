using Steelyard.Histories;

namespace Steelyard.Analysis.Laws.Quorums;

/// <summary>
/// How long the four messages of a replicated store take: a write to a replica, its acknowledgement, a read
/// to a replica, its answer (WARS; Bailis et al. 2012, "Probabilistically bounded staleness", section 4, with
/// the mixes fitted to LinkedIn's and Yammer's stores in table 3).
/// </summary>
/// <param name="Name">The word after <c>--preset</c>.</param>
/// <param name="Write">W.</param>
/// <param name="Rest">A, R and S.</param>
public sealed record WarsModel(string Name, LatencyMix Write, LatencyMix Rest)
{
    /// <summary>Added to each message to a replica that is not beside whoever asks, in milliseconds; the
    /// writer and the reader are each beside one of them, drawn at random.</summary>
    public double FarMs { get; init; }

    /// <summary>The step of the published search for t, in milliseconds.</summary>
    public double PublishedStepMs { get; init; }

    static LatencyMix Ssd { get; } = new(
        (0.9122, LatencyMix.Pareto(0.235, 10)), (0.0878, LatencyMix.Exponential(1.66)));

    static LatencyMix DiskWrites { get; } = new(
        (0.38, LatencyMix.Pareto(1.05, 1.51)), (0.62, LatencyMix.Exponential(0.183)));

    /// <summary>The published ones. Of YMMR's writes the paper's table says α = 3.35, and its simulator 3.5;
    /// only 3.5 gives the latencies of the paper.</summary>
    public static IReadOnlyList<WarsModel> Presets { get; } =
    [
        new("LNKD-SSD", Ssd, Ssd) { PublishedStepMs = 0.01 },
        new("LNKD-DISK", DiskWrites, Ssd) { PublishedStepMs = 0.1 },
        new("YMMR",
            new((0.939, LatencyMix.Pareto(3, 3.5)), (0.061, LatencyMix.Exponential(0.0028))),
            new((0.982, LatencyMix.Pareto(1.5, 3.8)), (0.018, LatencyMix.Exponential(0.0217))))
        {
            PublishedStepMs = 1,
        },
        new("WAN", DiskWrites, Ssd) { FarMs = 75, PublishedStepMs = 0.1 },
    ];

    /// <summary>The preset of a name.</summary>
    /// <exception cref="UserMistakeException">There is none.</exception>
    public static WarsModel Named(string name) =>
        Presets.FirstOrDefault(preset => preset.Name == name) ?? throw new UserMistakeException(
            $"--preset: expected {string.Join(", ", Presets.Select(preset => preset.Name))}, found \"{name}\""
                + Suggestion.For(name, [.. Presets.Select(preset => preset.Name)]));
}
