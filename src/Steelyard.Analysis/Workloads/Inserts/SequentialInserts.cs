using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Inserts;

/// <summary>
/// Subkeys inserted one after another by one client (Jepsen's and elle-cli's <c>sequential</c>), and read in
/// the opposite order: once a later one is there, all earlier ones are. A read returns <c>[key [v …]]</c> or
/// the list alone, the subkey inserted last standing first, nil for one that is not there.
/// </summary>
public sealed class SequentialInserts : IChecker
{
    /// <inheritdoc/>
    public string Name => "sequential";

    /// <inheritdoc/>
    public string Sentence => "No later insert of a client is seen without its earlier ones";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new WorkloadFindings(Name);
        var (all, some, none) = (0, 0, 0);
        foreach (var read in history.Operations)
        {
            if (read is not { Function: Functions.Read, Outcome: Outcome.Ok })
                continue;
            var (key, subkeys) = Parts(read);
            var present = 0;
            foreach (var subkey in subkeys.AsList)
                present += subkey.IsNil ? 0 : 1;
            _ = present == subkeys.AsList.Length ? all++ : present == 0 ? none++ : some++;
            if (IsOutOfOrder(subkeys.AsList))
                findings.Add(
                    "trailing-nil",
                    () => $"process {read.ProcessName} read {subkeys}"
                        + (key.IsNil ? "" : $" of {key}")
                        + ": a subkey inserted later without an earlier one",
                    read.Index);
        }

        if (!findings.IsEmpty)
            return findings.Broken();
        return all + some + none == 0
            ? Verdict.Undecided(Name, "nothing was read")
            : Verdict.Holds(
                Name, $"{Count(all + some + none, "read")}: {all:N0} of all subkeys, {some:N0} of some,"
                    + $" {none:N0} of none, none with a later one alone");
    }

    static bool IsOutOfOrder(ReadOnlySpan<Value> subkeys)
    {
        var met = false;
        foreach (var subkey in subkeys)
        {
            if (met && subkey.IsNil)
                return true;
            met |= !subkey.IsNil;
        }

        return false;
    }

    static (Value Key, Value Subkeys) Parts(Operation read)
    {
        var elements = ElementsOf(read);
        return elements.Length == 2 && elements[1].Kind == ValueKind.List
            ? (elements[0], elements[1])
            : (read.Key, read.Output.IsNil ? Value.List() : read.Output);
    }
}
