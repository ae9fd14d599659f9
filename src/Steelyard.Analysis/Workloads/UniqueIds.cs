using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads;

/// <summary>A maker of ids (Jepsen's <c>checker/unique-ids</c>): no two completed <c>generate</c> return the
/// same one.</summary>
public sealed class UniqueIds : IChecker
{
    const string Generate = "generate";

    /// <inheritdoc/>
    public string Name => "unique-ids";

    /// <inheritdoc/>
    public string Sentence => "No id is given out twice";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new WorkloadFindings(Name);
        var (attempts, owners) = (0, new Dictionary<Value, Operation>());
        foreach (var operation in history.Operations)
        {
            if (operation.Function != Generate)
                continue;
            attempts++;
            if (operation.Outcome != Outcome.Ok)
                continue;
            if (operation.Output.IsNil)
                throw Mistake(operation, "an id", operation.Output);
            if (!owners.TryAdd(operation.Output, operation))
                AddDuplicate(findings, owners[operation.Output], operation);
        }

        if (!findings.IsEmpty)
            return findings.Broken();
        return owners.Count == 0
            ? Verdict.Undecided(Name, "no id was generated")
            : Verdict.Holds(
                Name, $"{Count(owners.Count, "id")} of {Count(attempts, "attempt")}, no two alike");
    }

    static void AddDuplicate(WorkloadFindings findings, Operation first, Operation second) => findings.Add(
        "duplicated",
        () => $"process {first.ProcessName} and process {second.ProcessName} were both given the id"
            + $" {second.Output}",
        first.Index, second.Index);
}
