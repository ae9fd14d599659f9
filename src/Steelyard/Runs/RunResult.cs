using Steelyard.Analysis.Measurements;
using Steelyard.Histories;
using Steelyard.Worlds;

namespace Steelyard.Runs;

/// <summary>Everything a run gave: what was run, what clients saw, what was judged and measured.</summary>
/// <param name="Design">The design run.</param>
/// <param name="Options">With which options.</param>
/// <param name="Scenario">The scenario they made.</param>
/// <param name="Faults">The fault plan.</param>
/// <param name="FaultsName">How the user named the plan: <c>story</c>, <c>all</c>, a file.</param>
/// <param name="Seed">The seed.</param>
/// <param name="World">History, schedule hash and counters.</param>
/// <param name="Verdicts">What the world itself found, then one for each expectation of the scenario, in its
/// order.</param>
/// <param name="Measures">What was measured.</param>
public sealed record RunResult(
    IDesign Design,
    DesignOptions Options,
    Scenario Scenario,
    FaultPlan Faults,
    string FaultsName,
    Seed Seed,
    WorldRun World,
    IReadOnlyList<Verdict> Verdicts,
    RunMeasures Measures);
