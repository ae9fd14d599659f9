using Steelyard.Analysis.Transactions.Cycles;
using Steelyard.Analysis.Transactions.Guarantees;
using Steelyard.Analysis.Transactions.Polygraphs;
using Steelyard.Analysis.Transactions.Weak;
using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions;

/// <summary>
/// Transactions over lists, <c>[append k v]</c> and <c>[r k [v …]]</c>, judged by their anomalies (Kingsbury
/// and Alvaro 2020, "Elle"). The lists read tell the order of versions, so every dependency is known.
/// </summary>
/// <remarks>
/// All anomalies are found, whatever model was asked for, in time linear in the history but for showing
/// cycles. Every append to a key must be of another value.
/// </remarks>
public sealed class ListAppend : IChecker
{
    const string Strongest = "strict-serializable";

    readonly string _model;

    /// <summary>Creates the judge.</summary>
    /// <param name="consistency">The model to hold the history to, one of
    /// <see cref="ConsistencyLattice.ModelNames"/>.</param>
    /// <exception cref="UserMistakeException">There is no such model.</exception>
    public ListAppend(string consistency = Strongest)
    {
        ConsistencyLattice.Implied(consistency);
        _model = consistency;
    }

    /// <inheritdoc/>
    public string Name => "list-append";

    /// <inheritdoc/>
    public string Sentence => "Transactions over lists fit the consistency model";

    /// <inheritdoc/>
    /// <exception cref="UserMistakeException">An operation is no transaction of appends and
    /// reads.</exception>
    public Verdict Check(History history)
    {
        var columns = new TransactionReader("append", readsLists: true).Read(history, out var twice);
        if (twice is not null)
            return Verdict.Undecided(Name, twice);
        var orders = ListOrders.Of(columns);
        var findings = new Findings(columns);
        var reads = new ListFindings(columns, orders, findings);
        reads.AddAll();
        new OwnFindings(columns, findings).AddInternal();
        new LostUpdates(columns, findings).AddAll(readsLists: true);
        var edges = new EdgeList(columns.Count);
        var dependencies = new ListDependencies(columns, orders, edges);
        dependencies.AddAll();
        var story = new CycleStory(columns, "appended", orders);
        CycleReport.AddAll(columns, edges, story, findings);
        var decisions = new ModelDecisions();
        decisions.Take(findings, history.TellsRealTime);
        HoldWhatCyclesTell(decisions, dependencies, history.TellsRealTime);
        DecideMore(columns, orders, reads, findings, decisions, story);
        return TransactionVerdict.Of(Name, _model, columns, findings, decisions, edges.Seen);
    }

    // Appends that nobody read may stand in any order; a serial order of the rest gives them one.
    static void HoldWhatCyclesTell(
        ModelDecisions decisions, ListDependencies dependencies, bool tellsRealTime)
    {
        decisions.Hold("strict-serializable", "strong-session-serializable", "strong-read-committed");
        decisions.Hold("strong-session-read-committed", "strong-read-uncommitted");
        decisions.Hold("strong-session-read-uncommitted", "read-uncommitted");
        if (tellsRealTime)
            decisions.Hold("serializable", "read-committed");
        if (!dependencies.IsWhole)
            return;
        decisions.Hold("strong-snapshot-isolation", "strong-session-snapshot-isolation");
        if (tellsRealTime)
            decisions.Hold("snapshot-isolation", "consistent-view");
    }

    void DecideMore(
        TransactionColumns columns, ListOrders orders, ListFindings reads, Findings findings,
        ModelDecisions decisions, CycleStory story)
    {
        var isSmall = columns.Count <= RemainingModels.SearchedAnyhow;
        if (decisions.IsHeld(Strongest) || (!isSmall && decisions.IsDecided(_model)))
            return;
        if (isSmall || PolygraphCheck.Decides(_model))
            PolygraphCheck.Run(
                new ListScope(columns, orders), null, findings, decisions, story, SearchLimits.Default);
        var known = orders.CommitEdges();
        new WeakIsolation(columns, reads.IsIntermediate, known, findings, decisions).Decide(
            isSmall ? WeakLevel.Causal : WeakIsolation.LevelOf(_model));
        RemainingModels.Decide(
            columns, known, findings, decisions, _model, () => new ListGuarantees(columns, orders).Judge);
    }
}
