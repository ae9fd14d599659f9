using Steelyard.Analysis.Transactions.Cycles;
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
    readonly string _model;

    /// <summary>Creates the judge.</summary>
    /// <param name="consistency">The model to hold the history to, one of
    /// <see cref="ConsistencyLattice.ModelNames"/>.</param>
    /// <exception cref="UserMistakeException">There is no such model.</exception>
    public ListAppend(string consistency = "strict-serializable")
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
        new ListFindings(columns, orders, findings).AddAll();
        new OwnFindings(columns, findings).AddInternal();
        new LostUpdates(columns, findings).AddAll(readsLists: true);
        var edges = new EdgeList(columns.Count);
        new ListDependencies(columns, orders, edges).AddAll();
        CycleReport.AddAll(columns, edges, new CycleStory(columns, "appended", orders), findings);
        return TransactionVerdict.Of(Name, _model, columns, findings, edges.Seen);
    }
}
