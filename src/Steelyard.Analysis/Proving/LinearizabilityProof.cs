using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Analysis.Proving;

/// <summary>
/// Looks at a verdict on linearizability once more: an order is run by the replayer; operations that
/// contradict each other are given to the general search, whoever found them.
/// </summary>
internal static class LinearizabilityProof
{
    const long StateLimit = 1_000_000;

    /// <summary>The proof of a Valid or an Invalid.</summary>
    /// <exception cref="InvalidOperationException">It does not hold.</exception>
    public static VerdictProof Of(Model model, History history, Verdict verdict) =>
        verdict.Validity == Validity.Valid
            ? OfOrder(model, history, verdict)
            : OfContradiction(model.For(history), history, verdict);

    static VerdictProof OfOrder(Model model, History history, Verdict verdict)
    {
        if (verdict.Linearization is not { } order)
            return VerdictProof.None(verdict.Checker, "the checker kept no order");
        if (LinearizationReplayer.Fault(model, history, order) is { } fault)
            throw new InvalidOperationException($"the linearization does not hold: {fault}");
        return new()
        {
            Checker = verdict.Checker,
            IsVerified = true,
            Sentence = $"a linearization of {SubHistory.Count(order.Count)}, run again step by step as a "
                + $"{model.Name}: every result agrees, and real time is kept",
            Operations = order,
        };
    }

    // No order is to be searched for: the operation contradicts itself.
    static VerdictProof OfWrongAnswer(Model fitted, Verdict verdict, Operation wrong, History alone)
    {
        if (!fitted.RepeatsInput(wrong) || wrong.Outcome != Outcome.Ok || wrong.Output == wrong.Input)
            throw new InvalidOperationException("the answer named is that of its own request");
        return new()
        {
            Checker = verdict.Checker,
            IsVerified = true,
            Sentence = $"an ok of {wrong.Function} repeats its argument in this recording, and this one is"
                + $" asked for {wrong.Input} and answers {wrong.Output}",
            Operations = verdict.Anomalies[0].Witness,
            SubHistory = alone,
        };
    }

    static VerdictProof OfContradiction(Model fitted, History history, Verdict verdict)
    {
        var witness = verdict.Anomalies[0].Witness;
        var alone = SubHistory.Of(history, witness);
        if (verdict.Anomalies[0].Type == WrongAnswers.Type)
            return OfWrongAnswer(fitted, verdict, history[witness[0]], alone);
        var end = Search(fitted, alone, All(fitted, alone));
        if (end == SearchEnd.Found)
            throw new InvalidOperationException("the operations named have an order after all");
        if (end == SearchEnd.LimitReached)
            return VerdictProof.None(
                verdict.Checker, $"{StateLimit:N0} states ran out on the operations named");
        var others = history.Count - witness.Count;
        var whatever = others > 0 && IsContradictionWhateverElse(fitted, history, witness)
            ? ", whatever the others did"
            : "";
        return new()
        {
            Checker = verdict.Checker,
            IsVerified = true,
            Sentence =
                $"searched again, {SubHistory.Count(witness.Count)} alone have no order as a {fitted.Name}"
                + whatever,
            Operations = witness,
            SubHistory = alone,
        };
    }

    static SearchEnd Search(Model fitted, History history, List<int> part) =>
        new ConfigurationSearch(Problem.Of(fitted, history, part)).Run(StateLimit);

    // The others are weakened, as in Witness: left out where they only observe, optional where they change.
    static bool IsContradictionWhateverElse(Model fitted, History history, IReadOnlyList<int> witness)
    {
        var key = history.KeyNumber(witness[0]);
        var part = All(fitted, history);
        if (fitted.KeysAreIndependent)
            part.RemoveAll(index => history.KeyNumber(index) != key);
        var problem = Problem.Of(fitted, history, part);
        var named = witness.ToHashSet();
        var weakened = problem.Operations.Select(index => !named.Contains(index)).ToArray();
        var end = witness.Max(index => history[index].CompletedAt);
        return new ConfigurationSearch(problem.Weakened(end, weakened)).Run(StateLimit) == SearchEnd.None;
    }

    static List<int> All(Model fitted, History history) =>
        [.. Enumerable.Range(0, history.Count).Where(index => Problem.Counts(fitted, history[index]))];
}
