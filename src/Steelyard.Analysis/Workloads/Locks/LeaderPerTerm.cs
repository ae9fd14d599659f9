using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Locks;

/// <summary>
/// At most one leader per term (election safety: Ongaro and Ousterhout 2014, figure 3). A <c>lead</c> that
/// ended ok claims a term, an <c>act</c> was done as its leader, a <c>leader</c> was told who leads: each
/// says <c>{term, leader}</c>; where the leader is left out it is the node, or else the process, that says
/// so.
/// </summary>
public sealed class LeaderPerTerm : IChecker
{
    /// <inheritdoc/>
    public string Name => "leader";

    /// <inheritdoc/>
    public string Sentence => "No term has two leaders";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new WorkloadFindings(Name);
        var (claims, terms) = (0, 0);
        foreach (var part in ByKey(history, "lead", "act", "leader"))
        {
            var leaders = new Dictionary<Value, (Operation Operation, Value Leader)>();
            foreach (var operation in part)
            {
                if (operation.Outcome != Outcome.Ok || ClaimOf(operation) is not { } claim)
                    continue;
                claims++;
                if (!leaders.TryAdd(claim.Term, (operation, claim.Leader))
                    && leaders[claim.Term].Leader != claim.Leader)
                    AddFinding(findings, claim.Term, leaders[claim.Term], (operation, claim.Leader));
            }

            terms += leaders.Count;
        }

        if (!findings.IsEmpty)
            return findings.Broken();
        return claims == 0
            ? Verdict.Undecided(Name, "nobody claimed to lead")
            : Verdict.Holds(
                Name, $"{Count(terms, "term")}, each with one leader in {Count(claims, "claim")}");
    }

    static void AddFinding(
        WorkloadFindings findings, Value term, (Operation Operation, Value Leader) first,
        (Operation Operation, Value Leader) second) => findings.Add(
        "two-leaders",
        () => $"term {term}{OfKey(second.Operation)} has two leaders: {first.Leader} by the word of process"
            + $" {first.Operation.ProcessName}, {second.Leader} by that of process"
            + $" {second.Operation.ProcessName}",
        first.Operation.Index, second.Operation.Index);

    // Null when there was no leader to tell.
    static (Value Term, Value Leader)? ClaimOf(Operation operation)
    {
        var said = operation.Output.IsNil ? operation.Input : operation.Output;
        if (said.IsNil)
            return null;
        var term = Field(said, "term", said);
        if (!term.IsInteger)
            throw Mistake(operation, "{term, leader}", said);
        var leader = Field(said, "leader", Value.Nil);
        if (!leader.IsNil)
            return (term, leader);
        if (operation.Function == "leader")
            return null;
        return (term, operation.Node ?? $"process {operation.ProcessName}");
    }
}
