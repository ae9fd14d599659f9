using Steelyard.Histories.Measuring;

namespace Steelyard.Analysis.Measurements;

/// <summary>How a history is measured.</summary>
public sealed record MeasureOptions
{
    /// <summary>The limit where nobody says another: a second.</summary>
    public static TimeSpan UsualLimit { get; } = TimeSpan.FromSeconds(1);

    /// <summary>How soon after it is due a request must be answered to count as answered; above 0.</summary>
    public TimeSpan Limit { get; init; } = UsualLimit;

    /// <summary>What went over the wire; null when nobody counted.</summary>
    public Traffic? Traffic { get; init; }

    /// <summary>What a design measures of its own.</summary>
    public IReadOnlyList<IMeasure> Own { get; init; } = [];
}
