using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models.Locks;
using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Locks;

/// <summary>
/// A lock whose holders carry fencing tokens: <c>acquire</c> returns a token greater than those of all that
/// had ended before it began, <c>write {token, …}</c> is refused once one with a greater token was accepted,
/// and no two hold the lock at once (linearizability of <c>acquire</c> and <c>release</c>, tokens growing
/// from holder to holder). Where acquires name a <c>client</c>, only the holder releases.
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

        var held = Held(history, findings);
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

    // Who holds the lock, alone and with the tokens: that these come in the order of holders can be more than
    // that they grow in real time.
    Verdict? Held(History history, WorkloadFindings findings)
    {
        if (!exclusive)
            return null;
        var fenced = new Linearizable(Lock(Fencing.Ordered)).Check(history);
        if (fenced.Validity == Validity.Valid)
            return fenced;
        var bare = new Linearizable(Lock(Fencing.Unordered)).Check(history);
        if (bare.Validity == Validity.Invalid)
            findings.Add("two-holders", () => bare.Summary, [.. bare.Anomalies[0].Witness]);
        else if (fenced.Validity == Validity.Invalid && findings.IsEmpty)
            findings.Add("nonmonotonic-token", () => fenced.Summary, [.. fenced.Anomalies[0].Witness]);
        return fenced;
    }

    // Only where clients are named is it known who may release.
    static OwnedLockModel Lock(Fencing fencing) => new("mutex", 1, fencing, isPart: true);
}
