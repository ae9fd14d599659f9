using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Workloads.Inserts;

/// <summary>
/// Registers that only grow (Jepsen's <c>monotonic</c>): <c>inc</c> returns the new value, <c>read</c> one
/// value or a map of several. Whoever sees a greater value of a register comes after whoever sees a smaller
/// one, and after all that had ended before; that order has no cycle. Two incs never return the same value.
/// </summary>
public sealed class Monotonic : IChecker
{
    /// <inheritdoc/>
    public string Name => "monotonic";

    /// <inheritdoc/>
    public string Sentence => "Values that only grow are never seen to shrink";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new WorkloadFindings(Name);
        var sightings = MonotonicSightings.Of(history);
        foreach (var register in sightings.Registers)
        {
            AddTwins(findings, register);
            AddSteps(findings, register);
        }

        foreach (var cycle in new MonotonicOrder(sightings).Cycles())
            findings.Add(
                "monotonic-cycle",
                () => $"{string.Join(", ", cycle.Select(o => $"process {o.ProcessName}"))}: each saw a"
                    + " register"
                    + " before the next one changed it, or had ended before it began, round in a circle",
                [.. cycle.Select(operation => operation.Index)]);
        if (!findings.IsEmpty)
            return findings.Broken();
        return sightings.Operations.Count == 0
            ? Verdict.Undecided(Name, "nothing was read")
            : Verdict.Holds(
                Name, $"{Count(sightings.Operations.Count, "operation")} on"
                    + $" {Count(sightings.Registers.Count, "register")} agree on one order of growth");
    }

    static void AddTwins(WorkloadFindings findings, MonotonicRegister register)
    {
        foreach (var (first, second) in register.Twins())
            findings.Add(
                "lost-update",
                () => $"process {first.ProcessName} and process {second.ProcessName} both brought"
                    + $" {register.Name} to {first.ValueText}",
                first.Operation.Index, second.Operation.Index);
    }

    static void AddSteps(WorkloadFindings findings, MonotonicRegister register)
    {
        foreach (var (before, after) in register.StepsBack())
            findings.Add(
                "nonmonotonic-read",
                () => $"process {before.ProcessName} {before.Verb} {register.Name} = {before.ValueText}, yet"
                    + $" process {after.ProcessName} {after.Verb} {after.ValueText} later",
                before.Operation.Index, after.Operation.Index);
    }
}
