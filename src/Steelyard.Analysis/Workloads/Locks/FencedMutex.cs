using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Locks;

/// <summary>
/// A lock whose holders carry fencing tokens: <c>acquire</c> returns a token greater than those of all that
/// had ended before it began, <c>write {token, …}</c> is refused once one with a greater token was accepted,
/// and no two hold the lock at once (linearizability of <c>acquire</c> and <c>release</c>).
/// </summary>
/// <remarks>Tokens: Kleppmann, How to do distributed locking (2016); sequencers: Burrows, The Chubby lock
/// service (OSDI 2006), section 2.4.</remarks>
/// <param name="exclusive">False to allow two holders at once, as leases do whose holder was paused: tokens
/// and writes are judged alone.</param>
public sealed class FencedMutex(bool exclusive = true) : IChecker
{
    /// <inheritdoc/>
    public string Name => "fenced-mutex";

    /// <inheritdoc/>
    public string Sentence => "One holder at a time, and no write with an outdated token";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new WorkloadFindings(Name);
        var (acquired, accepted) = (0, 0);
        foreach (var part in ByKey(history, "acquire", Functions.Write))
        {
            var locked = new LockTokens(part);
            locked.AddFindings(findings);
            acquired += locked.Acquired;
            accepted += locked.Accepted;
        }

        var held = exclusive ? new Linearizable(new HeldLock()).Check(history) : null;
        if (held?.Validity == Validity.Invalid)
            findings.Add("two-holders", () => held.Summary, [.. held.Anomalies[0].Witness]);
        if (!findings.IsEmpty)
            return findings.Broken();
        if (held?.Validity == Validity.Unknown)
            return Verdict.Undecided(Name, held.Exhausted!);
        return acquired == 0
            ? Verdict.Undecided(Name, "the lock was never acquired")
            : Verdict.Holds(
                Name, $"{Count(acquired, "acquire")} with growing tokens, {Count(accepted, "write")} accepted"
                    + " in their order" + (exclusive ? ", never two holders at once" : ""));
    }

    /// <summary>The lock alone: what is done under it is passed over.</summary>
    sealed class HeldLock : Model<bool>
    {
        public override string Name => "mutex";

        public override bool KeysAreIndependent => true;

        public override bool Initial(Value key) => false;

        public override bool ResultMatters(Operation operation) => false;

        public override OperationRole RoleOf(Operation operation) =>
            operation.Function is "acquire" or "release" ? base.RoleOf(operation) : OperationRole.Ignored;

        public override bool TryStep(bool state, Operation operation, out bool next)
        {
            next = operation.Function == "acquire";
            return next != state;
        }

        public override string Describe(bool state) => state ? "held" : "free";
    }
}
