using Steelyard.Analysis.Models.Locks;
using Steelyard.Histories;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Locks;

/// <summary>The tokens of one lock: those given out, and those that writes came with.</summary>
internal sealed class LockTokens
{
    readonly List<TokenUse> _acquires = [];
    readonly List<TokenUse> _writes = [];
    readonly bool _anyUnknown;

    public LockTokens(List<Operation> part)
    {
        foreach (var operation in part)
        {
            var isAcquire = operation.Function == "acquire";
            _anyUnknown |= isAcquire && operation.Outcome is Outcome.Info or Outcome.Open;
            if (operation.Outcome != Outcome.Ok || operation.Output == Value.Of(false))
                continue;
            var payload = isAcquire ? operation.Output : operation.Input;
            // Who is known to hold the lock, and got no token, may come with any.
            if (isAcquire && payload.Kind == ValueKind.Map && LockAnswers.TokenIn(payload).IsNil)
                _anyUnknown = true;
            else
                (isAcquire ? _acquires : _writes).Add(new(operation, TokenOf(operation, payload)));
        }
    }

    public int Acquired => _acquires.Count;

    public int Accepted => _writes.Count;

    public void AddFindings(WorkloadFindings findings)
    {
        AddTwins(findings);
        foreach (var (before, after) in TokenUse.Overtaken(_acquires, orEqual: true))
            findings.Add(
                "nonmonotonic-token",
                () => $"process {before.ProcessName} had acquired the lock{OfKey(before)} with token"
                    + $" {TokenOf(before, before.Output)}, yet process {after.ProcessName} then got token"
                    + $" {TokenOf(after, after.Output)}",
                before.Index, after.Index);
        foreach (var (before, after) in TokenUse.Overtaken(_writes, orEqual: false))
            findings.Add(
                "stale-write",
                () => $"the write of process {after.ProcessName} with token {TokenOf(after, after.Input)} was"
                    + $" accepted{OfKey(after)} after that of process {before.ProcessName} with token"
                    + $" {TokenOf(before, before.Input)}",
                before.Index, after.Index);
        AddStrangers(findings);
    }

    static long TokenOf(Operation operation, Value payload) =>
        IntegerOf(operation, LockAnswers.TokenIn(payload), "a fencing token");

    // Two that were open at once may get their tokens in either order, but never the same one.
    void AddTwins(WorkloadFindings findings)
    {
        var owners = new Dictionary<long, Operation>();
        foreach (var (acquire, token) in _acquires)
            if (!owners.TryAdd(token, acquire))
                findings.Add(
                    "duplicate-token",
                    () => $"process {owners[token].ProcessName} and process {acquire.ProcessName} both"
                        + " acquired the"
                        + $" lock{OfKey(acquire)} with token {token}",
                    owners[token].Index, acquire.Index);
    }

    // An acquire of unknown outcome may have given any token out.
    void AddStrangers(WorkloadFindings findings)
    {
        var given = _acquires.Select(acquire => acquire.Token).ToHashSet();
        foreach (var (write, token) in _writes)
            if (!_anyUnknown && !given.Contains(token))
                findings.Add(
                    "unexpected-token",
                    () => $"the write of process {write.ProcessName} with token {token} was accepted"
                        + $"{OfKey(write)}, a token that no acquire returned",
                    write.Index);
    }
}
