using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Workers;

/// <summary>What the worker answers; the history follows in a frame of its own.</summary>
internal sealed record WorkerReply
{
    public ulong ScheduleHash { get; init; }

    public bool IsPartial { get; init; }

    public WorldCounters Counters { get; init; } = new();

    public TimeSpan End { get; init; }

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The user's mistake that keeps it from running.</summary>
    public string? Mistake { get; init; }

    /// <summary>A bug that keeps it from running.</summary>
    public string? Failure { get; init; }
}

/// <summary>What the worker's world found wrong, or could not decide, in plain words.</summary>
internal sealed record Finding(
    string Checker, Validity Validity, string Type, string Explanation, IReadOnlyList<int> Witness)
{
    public static Finding Of(Verdict verdict)
    {
        if (verdict.Validity == Validity.Unknown)
            return new(verdict.Checker, Validity.Unknown, "", verdict.Exhausted!, []);
        var anomaly = verdict.Anomalies[0];
        return new(
            verdict.Checker, Validity.Invalid, anomaly.Type, anomaly.Explanation, anomaly.Witness);
    }

    public Verdict ToVerdict() => Validity == Validity.Unknown
        ? Verdict.Undecided(Checker, Explanation)
        : Verdict.Broken(Checker, new Anomaly(Type, Explanation, Witness));
}
