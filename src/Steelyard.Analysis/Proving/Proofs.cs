using Steelyard.Histories;

namespace Steelyard.Analysis.Proving;

/// <summary>Proofs of verdicts.</summary>
public static class Proofs
{
    /// <summary>The proof of a verdict, verified, or the plain word that it has none.</summary>
    /// <param name="checker">Who judged.</param>
    /// <param name="history">What was judged.</param>
    /// <param name="verdict">What was found.</param>
    /// <exception cref="InvalidOperationException">The proof does not hold: a bug of the checker.</exception>
    public static VerdictProof Of(IChecker checker, History history, Verdict verdict)
    {
        if (verdict.Validity == Validity.Unknown)
            return VerdictProof.None(verdict.Checker, "the verdict is Unknown");
        if (checker is IProvable provable)
            return provable.Prove(history, verdict);
        return verdict.Validity == Validity.Invalid
            ? OfWitness(checker, history, verdict)
            : VerdictProof.None(
                verdict.Checker, "this checker looked at everything and found nothing; it keeps no more");
    }

    // Where the operations named are Invalid by themselves, nothing else is needed to believe it.
    static VerdictProof OfWitness(IChecker checker, History history, Verdict verdict)
    {
        var witness = verdict.Anomalies is [var first, ..] ? first.Witness : [];
        if (witness.Count == 0)
            return VerdictProof.None(verdict.Checker, "the anomaly names no operations");
        var alone = SubHistory.Of(history, witness);
        if (!IsInvalid(checker, alone))
            return VerdictProof.None(
                verdict.Checker, "the operations named are not Invalid alone; it leans on others too");
        return new()
        {
            Checker = verdict.Checker,
            IsVerified = true,
            Sentence = $"judged again, {SubHistory.Count(witness.Count)} alone are still Invalid",
            Operations = witness,
            SubHistory = alone,
        };
    }

    static bool IsInvalid(IChecker checker, History alone)
    {
        try
        {
            return checker.Check(alone).Validity == Validity.Invalid;
        }
        catch (UserMistakeException)
        {
            // Without the others it is no history this checker can read.
            return false;
        }
    }
}

/// <summary>A checker that proves its verdicts in its own way.</summary>
internal interface IProvable
{
    /// <summary>The proof of a Valid or an Invalid.</summary>
    VerdictProof Prove(History history, Verdict verdict);
}
