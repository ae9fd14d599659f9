using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads;

/// <summary>
/// A maker of timestamps (Maelstrom's service <c>lin-tso</c>): no two completed <c>ts</c> return the same
/// one, and each returns a greater one than all that had ended before it began.
/// </summary>
/// <remarks>This is linearizability: given out in their own order, no timestamp comes before one that had
/// ended before it began.</remarks>
public sealed class TimestampOracle : IChecker
{
    /// <summary>The function that gives a timestamp.</summary>
    internal const string Give = "ts";

    /// <inheritdoc/>
    public string Name => "lin-tso";

    /// <inheritdoc/>
    public string Sentence => "Timestamps grow, and none is given out twice";

    /// <inheritdoc/>
    /// <exception cref="UserMistakeException">A timestamp is no whole number.</exception>
    public Verdict Check(History history)
    {
        var findings = new WorkloadFindings(Name);
        var given = 0;
        foreach (var part in ByKey(history, Give))
        {
            List<TokenUse> uses =
            [
                .. part.Where(operation => operation.Outcome == Outcome.Ok).Select(operation =>
                    new TokenUse(operation, IntegerOf(operation, operation.Output, "a timestamp"))),
            ];
            given += uses.Count;
            AddTwins(findings, uses);
            foreach (var (before, after) in TokenUse.Overtaken(uses, orEqual: false))
                findings.Add(
                    "nonmonotonic-timestamp",
                    () => $"process {before.ProcessName} had been given {before.Output}{OfKey(before)}, yet"
                        + $" process {after.ProcessName} then got {after.Output}",
                    before.Index, after.Index);
        }

        if (!findings.IsEmpty)
            return findings.Broken();
        return given == 0
            ? Verdict.Undecided(Name, "no timestamp was given out")
            : Verdict.Holds(Name, $"{Count(given, "timestamp")}, each greater than those before");
    }

    static void AddTwins(WorkloadFindings findings, List<TokenUse> uses)
    {
        var owners = new Dictionary<long, Operation>();
        foreach (var (operation, timestamp) in uses)
            if (!owners.TryAdd(timestamp, operation))
                findings.Add(
                    "duplicated",
                    () => $"process {owners[timestamp].ProcessName} and process {operation.ProcessName} were"
                        + $" both given {timestamp}{OfKey(operation)}",
                    owners[timestamp].Index, operation.Index);
    }
}
