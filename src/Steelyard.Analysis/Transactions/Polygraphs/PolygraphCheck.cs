using System.Globalization;
using Steelyard.Analysis.Transactions.Cycles;
using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>
/// Answers what the known order of versions leaves open: is there a serial order, or one of snapshot
/// isolation or of prefixes, that explains the history? Exact where the search ends.
/// </summary>
/// <remarks>The strongest question comes first: a history that is strictly serializable is so under every
/// weaker model. What cycles of known edges decide already is not asked.</remarks>
internal sealed class PolygraphCheck
{
    readonly OrderScope _scope;
    readonly Findings _findings;
    readonly CycleStory _story;
    readonly SearchLimits _limits;
    readonly ModelDecisions _decisions;
    readonly bool _tellsRealTime;
    readonly List<OrderQuestion> _refuted = [];
    (Polygraph Polygraph, bool IsOfPrefixes)? _polygraph;
    (Polygraph? Polygraph, bool IsOfPrefixes, TimedBy Timed)? _inTime;
    List<int>? _serial;

    PolygraphCheck(
        OrderScope scope, Findings findings, ModelDecisions decisions, CycleStory story,
        SearchLimits limits)
    {
        _scope = scope;
        _decisions = decisions;
        _tellsRealTime = scope.Columns.History.TellsRealTime;
        _findings = findings;
        _story = story;
        _limits = limits;
    }

    /// <summary>The order found, as operations, where there is a serial one; else null.</summary>
    public IReadOnlyList<int>? Serial => _serial;

    /// <summary>True for models that an answer here may rule out.</summary>
    public static bool Decides(string model) =>
        OrderQuestion.All.Any(question => TransactionLattice.Implied(model).Contains(question.Model));

    /// <summary>Asks all questions, and adds an anomaly where there is no order.</summary>
    /// <param name="scope">The transactions.</param>
    /// <param name="known">Edges of data known from elsewhere.</param>
    /// <param name="findings">What was found, and where to.</param>
    /// <param name="decisions">What was decided, and where to.</param>
    /// <param name="story">Tells cycles.</param>
    /// <param name="limits">How far to search.</param>
    public static PolygraphCheck Run(
        OrderScope scope, EdgeList? known, Findings findings, ModelDecisions decisions,
        CycleStory story, SearchLimits limits)
    {
        var check = new PolygraphCheck(scope, findings, decisions, story, limits);
        check.AskAll(known);
        return check;
    }

    void AskAll(EdgeList? known)
    {
        var isOpen = OrderQuestion.All.Where(question =>
            question.IsAskedOf(_tellsRealTime) && !_decisions.IsDecided(question.Model)).ToList();
        if (isOpen.Count == 0)
            return;
        while (isOpen.Count > 0)
        {
            var question = isOpen[0];
            isOpen.RemoveAt(0);
            if (!Ask(question, known))
                continue;
            isOpen.RemoveAll(question.Answers);
            if (question.Decides(_tellsRealTime))
                _decisions.Hold(question.Model);
        }

        // Where there is no order by data alone, there is none that respects more: only the least is told.
        foreach (var question in _refuted)
            if (!_refuted.Exists(other => other != question && question.Answers(other)))
                Tell(question, Deciding(question), known);
        _decisions.Take(_findings, _tellsRealTime);
    }

    // One serves serial orders and those of snapshot isolation, another those of prefixes.
    Polygraph PolygraphFor(OrderQuestion question)
    {
        if (_polygraph is not { } held || held.IsOfPrefixes != (question.Kind == OrderKind.Prefix))
            _polygraph = held = (_scope.Build(_scope.Members, question.Kind, _limits.Pairs),
                question.Kind == OrderKind.Prefix);
        return held.Polygraph;
    }

    // One whose answer is exact. Where real time tells, and an order must follow it, there are few pairs left
    // to try.
    Polygraph Deciding(OrderQuestion question) =>
        _tellsRealTime && question.Order.HasFlag(EdgeKinds.Realtime)
        && InTime(question, TimedBy.All) is { } inTime && IsHeld(inTime)
            ? inTime
            : PolygraphFor(question);

    bool IsHeld(Polygraph polygraph) => polygraph.PairCount <= _limits.Pairs;

    // Where an order need not follow real time, one that does will do.
    bool Ask(OrderQuestion question, EdgeList? known)
    {
        var polygraph = Deciding(question);
        if (IsHeld(polygraph))
            return Ask(question, polygraph, known, isExact: true);
        if (InTime(question, TimedBy.Writers) is { } likely && IsHeld(likely)
            && Ask(question, likely, known, isExact: false))
            return true;
        _decisions.Leave(
            question.Model,
            $"{Number(polygraph.PairCount)} pairs of writes whose order nothing tells, more than the"
            + $" {Number(_limits.Pairs)} that are tried");
        return false;
    }

    Polygraph? InTime(OrderQuestion question, TimedBy timed)
    {
        var isOfPrefixes = question.Kind == OrderKind.Prefix;
        if (_inTime is not { } held || held.IsOfPrefixes != isOfPrefixes || held.Timed != timed)
            _inTime = held = (_scope.BuildInTime(question.Kind, timed, _limits.Pairs), isOfPrefixes, timed);
        return held.Polygraph;
    }

    bool Ask(OrderQuestion question, Polygraph polygraph, EdgeList? known, bool isExact)
    {
        var attempt = OrderAttempt.Of(polygraph, _scope.Columns, known, question, _limits);
        if (attempt.End == ChoiceSearchEnd.Exhausted && isExact)
            _decisions.Leave(question.Model, Unresolved(attempt, polygraph));
        if (attempt.End == ChoiceSearchEnd.Contradiction && isExact)
            Refute(question, attempt.NeedsNoChoice);
        if (attempt.End == ChoiceSearchEnd.Found && question.Kind == OrderKind.Serial)
            _serial ??= [.. attempt.SerialOrder().Select(member => _scope.Columns.Operations[member])];
        return attempt.End == ChoiceSearchEnd.Found;
    }

    // A cycle of edges known in any case was found as one of Adya's, and goes by that name.
    void Refute(OrderQuestion question, bool needsNoChoice)
    {
        if (question.Decides(_tellsRealTime))
            _decisions.Break(question.Model);
        if (!needsNoChoice || !_findings.Counts.Keys.Any(type => type.StartsWith('G')))
            _refuted.Add(question);
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

    string Name(Polygraph polygraph, int node) => _scope.Columns.Name(polygraph.Members[node]);

    void Tell(OrderQuestion question, Polygraph polygraph, EdgeList? known)
    {
        var small = new SmallContradiction(_scope, known, question, _limits).Of(polygraph);
        new ContradictionStory(_scope, known, question, _story, small).AddTo(_findings);
    }

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
