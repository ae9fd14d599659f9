using Steelyard.Analysis.Measurements;
using Steelyard.Histories;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Runs;

/// <summary>Everything a run gave: what was run, what clients saw, what was judged and measured.</summary>
/// <param name="Request">What was run.</param>
/// <param name="Scenario">The scenario that its design and options made.</param>
/// <param name="Faults">The fault plan.</param>
/// <param name="World">History, schedule hash and counters.</param>
/// <param name="Verdicts">What the world itself found, then one for each expectation of the scenario, in its
/// order.</param>
/// <param name="Measures">What was measured.</param>
public sealed record RunResult(
    RunRequest Request,
    Scenario Scenario,
    FaultPlan Faults,
    WorldRun World,
    IReadOnlyList<Verdict> Verdicts,
    RunMeasures Measures)
{
    /// <summary>What cannot be known of a run whose operations were counted and not kept.</summary>
    internal const string CountedOnly = "operations were counted and not kept";

    /// <summary>What was counted where operations were not kept
    /// (<see cref="RunControl.Recorder"/>); null where they stand in the history.</summary>
    public AggregateRecorder? Counted { get; init; }

    /// <summary>What else was found out about it, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>How many operations there were.</summary>
    public long Operations => Counted?.Operations ?? World.History.Count;

    /// <summary>What was asked for.</summary>
    public RunSpec Spec => Request.Spec;

    /// <summary>The design run.</summary>
    public IDesign Design => Request.Design;

    /// <summary>With which options.</summary>
    public DesignOptions Options => Request.Options;

    /// <summary>How the user named the plan: <c>story</c>, <c>all</c>, a file.</summary>
    public string FaultsName => Spec.Faults.Name;

    /// <summary>The seed.</summary>
    public Seed Seed => Spec.Seed;
}
