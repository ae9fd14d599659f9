using Steelyard.Histories;
using Steelyard.Histories.Measuring;
using Steelyard.Worlds.Faults;

namespace Steelyard.Worlds.Contracts;

/// <summary>What a design promises: what must hold, and the faults under which it says so.</summary>
public sealed record Promises
{
    /// <summary>What must hold; all Valid is exit code 0.</summary>
    public IReadOnlyList<IChecker> Expectations { get; init; } = [];

    /// <summary>What its figures must be.</summary>
    public IReadOnlyList<MeasuredLimit> Limits { get; init; } = [];

    /// <summary>How soon after it is due a request must be answered to count as available (the SLO); above
    /// 0.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The share of what was asked, of each function, that must have been answered without an error
    /// while nothing was broken, 0 to 1; where less was, no promise is called held. One half when not
    /// said.</summary>
    public double SuccessFloor { get; init; } = 0.5;

    /// <summary>What it measures of its own, besides what is measured of every run.</summary>
    public IReadOnlyList<IMeasure> Measures { get; init; } = [];

    /// <summary>What it says it stands.</summary>
    public FaultTolerance Tolerance { get; init; } = new();
}
