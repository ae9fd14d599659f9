using Steelyard.Live.Engines;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Matrix;

/// <summary>What is known, or said, of an engine: in a set-up, asked something, while something breaks, this
/// comes of it. It is tried, and what is found stands beside what was expected.</summary>
/// <param name="Configuration">The set-up in words: <c>repeatable read</c>.</param>
/// <param name="Workload">What is asked, in words: <c>lost update of one row (P4)</c>.</param>
/// <param name="Nemesis">What breaks, in words; <c>none</c>.</param>
/// <param name="Expected">What should come of it.</param>
/// <param name="Source">Who says so.</param>
internal abstract record MatrixRow(
    string Configuration, string Workload, string Nemesis, Expectation Expected, string Source)
{
    /// <summary>What else is to be known of it; null is nothing.</summary>
    public string? Note { get; init; }
}

/// <summary>What should come of a row.</summary>
internal enum Expectation
{
    /// <summary>It happens, whenever it is tried: the anomaly, the loss.</summary>
    Occurs,

    /// <summary>It may happen, and need not: not to see it says nothing.</summary>
    MayOccur,

    /// <summary>It never happens.</summary>
    Prevented,
}

/// <summary>A row that a run decides: a promise that is broken is what occurs.</summary>
internal sealed record RunRow(
    string Configuration, string Workload, string Nemesis, Expectation Expected, string Source)
    : MatrixRow(Configuration, Workload, Nemesis, Expected, Source)
{
    /// <summary>The design's options, by name.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>What breaks.</summary>
    public FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>How long operations arrive.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Operations a second; null is the workload's own.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>The name of the promise that it is about.</summary>
    public required string Promise { get; init; }

    /// <summary>How many seeds are tried, until it occurs.</summary>
    public int Seeds { get; init; } = 1;
}

/// <summary>A row that a script decides: what some sessions do, step by step, on an engine that is
/// ready.</summary>
internal sealed record ScriptRow(
    string Configuration, string Workload, string Nemesis, Expectation Expected, string Source)
    : MatrixRow(Configuration, Workload, Nemesis, Expected, Source)
{
    /// <summary>The name of the engine's set-up.</summary>
    public required string Setup { get; init; }

    /// <summary>Tries it.</summary>
    public required Func<EngineCluster, CancellationToken, Task<ScriptFinding>> Try { get; init; }

    /// <summary>True when rows of the same set-up can be tried on the same cluster, one after the other;
    /// false
    /// when it is broken afterwards.</summary>
    public bool LeavesWhole { get; init; } = true;
}

/// <summary>What a script found.</summary>
/// <param name="Occurred">Whether it happened.</param>
/// <param name="Evidence">One line: what was seen.</param>
/// <param name="Transcript">What every session did and was told, a line a step.</param>
internal sealed record ScriptFinding(bool Occurred, string Evidence, IReadOnlyList<string> Transcript);
