using System.Globalization;
using Steelyard.Analysis.Transactions.Cycles;
using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>
/// Answers, for a history of registers, what the known order of versions leaves open: is there a serial
/// order, or one of snapshot isolation, that explains it? Exact where the search ends.
/// </summary>
/// <remarks>The strongest question comes first: a history that is strictly serializable is so under every
/// weaker model. What cycles of known edges rule out already is not asked.</remarks>
internal sealed class PolygraphCheck
{
    readonly RegisterScope _scope;
    readonly Findings _findings;
    readonly CycleStory _story;
    readonly SearchLimits _limits;
    readonly Dictionary<string, string> _undecided = new(StringComparer.Ordinal);
    readonly List<OrderQuestion> _refuted = [];
    List<int>? _serial;

    PolygraphCheck(TransactionColumns columns, Findings findings, CycleStory story, SearchLimits limits)
    {
        _scope = new(columns);
        _findings = findings;
        _story = story;
        _limits = limits;
    }

    /// <summary>True for models that an answer here may rule out.</summary>
    public static bool Decides(string model) =>
        OrderQuestion.All.Any(question => ConsistencyLattice.Forbids(model, question.Anomaly));

    /// <summary>Asks all questions, and adds an anomaly where there is no order.</summary>
    /// <param name="columns">The transactions.</param>
    /// <param name="known">Edges of data known from elsewhere.</param>
    /// <param name="findings">What was found, and where to.</param>
    /// <param name="story">Tells cycles.</param>
    /// <param name="limits">How far to search.</param>
    public static PolygraphCheck Run(
        TransactionColumns columns, EdgeList? known, Findings findings, CycleStory story,
        SearchLimits limits)
    {
        var check = new PolygraphCheck(columns, findings, story, limits);
        check.AskAll(known);
        return check;
    }

    /// <summary>The verdict with what was found here: a proof, or what stayed open.</summary>
    public Verdict Complete(Verdict verdict, string model)
    {
        if (verdict.Validity != Validity.Valid)
            return verdict;
        foreach (var (anomaly, why) in _undecided)
            if (ConsistencyLattice.Forbids(model, anomaly))
                return verdict with
                {
                    Validity = Validity.Unknown,
                    Summary = $"not decided: {why}",
                    Exhausted = why,
                };
        return _serial is null ? verdict : verdict with { Linearization = _serial };
    }

    void AskAll(EdgeList? known)
    {
        var ruledOut = ConsistencyLattice.RuledOut(_findings.Counts.Keys);
        var isOpen = OrderQuestion.All.Where(question => !IsAnswered(question, ruledOut)).ToList();
        if (isOpen.Count == 0)
            return;
        var polygraph = PolygraphBuilder.Of(_scope, _scope.Members, _limits.Pairs);
        while (isOpen.Count > 0)
        {
            var question = isOpen[0];
            isOpen.RemoveAt(0);
            if (Ask(question, polygraph, known))
                isOpen.RemoveAll(question.Answers);
        }

        // Where there is no order by data alone, there is none that respects more: only the least is told.
        foreach (var question in _refuted)
            if (!_refuted.Exists(other => other != question && question.Answers(other)))
                Tell(question, polygraph, known);
    }

    static bool IsAnswered(OrderQuestion question, IReadOnlyList<string> ruledOut) =>
        ConsistencyLattice.RuledOut(question.Anomaly).All(ruledOut.Contains);

    bool Ask(OrderQuestion question, Polygraph polygraph, EdgeList? known)
    {
        if (polygraph.PairCount > _limits.Pairs)
        {
            _undecided[question.Anomaly] =
                $"{Number(polygraph.PairCount)} pairs of writes whose order nothing tells, more than the"
                + $" {Number(_limits.Pairs)} that are tried";
            return false;
        }

        var attempt = OrderAttempt.Of(polygraph, _scope.Columns, known, question, _limits);
        if (attempt.End == ChoiceSearchEnd.Exhausted)
            _undecided[question.Anomaly] = Unresolved(attempt, polygraph);
        if (attempt.End == ChoiceSearchEnd.Contradiction)
            _refuted.Add(question);
        if (attempt.End == ChoiceSearchEnd.Found && !question.IsSnapshot && !polygraph.HasOutsiders)
            _serial ??= [.. attempt.SerialOrder().Select(member => _scope.Columns.Operations[member])];
        return attempt.End == ChoiceSearchEnd.Found;
    }

    string Unresolved(OrderAttempt attempt, Polygraph polygraph)
    {
        var hardest = attempt.Troublesome().Take(3).Select(pair => Show(polygraph, pair));
        return $"after {Number(attempt.Conflicts)} dead ends it is open in which order"
            + $" {string.Join(", and ", hardest)}";
    }

    string Show(Polygraph polygraph, ChainPair pair)
    {
        var (one, other) = (polygraph.Chains[pair.One], polygraph.Chains[pair.Other]);
        return $"{Name(polygraph, one.Head)} and {Name(polygraph, other.Head)} wrote"
            + $" {_scope.Columns.Key(one.Key)}";
    }

    string Name(Polygraph polygraph, int node) =>
        $"T{_scope.Columns.Operations[polygraph.Members[node]]}";

    void Tell(OrderQuestion question, Polygraph polygraph, EdgeList? known)
    {
        var small = new SmallContradiction(_scope, known, question, _limits).Of(polygraph);
        new ContradictionStory(_scope, known, question, _story, small).AddTo(_findings);
    }

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
