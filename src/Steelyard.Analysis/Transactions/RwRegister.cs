using Steelyard.Analysis.Transactions.Cycles;
using Steelyard.Analysis.Transactions.Guarantees;
using Steelyard.Analysis.Transactions.Polygraphs;
using Steelyard.Analysis.Transactions.Weak;
using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions;

/// <summary>What may be taken to tell the order of a register's versions, besides that nil comes
/// first.</summary>
[Flags]
public enum VersionOrders
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>A transaction that reads a version and writes another put the other after it. Where this is
    /// not so, the
    /// history is not even read committed.</summary>
    WritesFollowReads = 1,

    /// <summary>Each register by itself is sequentially consistent: the order of each process
    /// counts.</summary>
    SequentialKeys = 2,

    /// <summary>Each register by itself is linearizable: real time counts.</summary>
    LinearizableKeys = 4,

    /// <summary>Where nothing tells, both orders are tried, for serializability, snapshot isolation and their
    /// session and real-time forms: the verdict on these is exact where the search ends.</summary>
    EitherWay = 8,
}

/// <summary>
/// Transactions over registers, <c>[w k v]</c> and <c>[r k v]</c>, judged by their anomalies (Kingsbury and
/// Alvaro 2020, "Elle", section 5). The order of versions is known in part only. What stays open is searched,
/// for serializability and snapshot isolation (Tan et al. 2020, "Cobra"; Huang et al. 2023, "PolySI");
/// without <see cref="VersionOrders.EitherWay"/> what needs that search is not decided. Read committed, read
/// atomic and causal consistency need no order of versions, and are exact (Biswas and Enea 2019; Møldrup and
/// Pavlogiannis 2025, "AWDIT").
/// </summary>
/// <remarks>Every write to a key must be of another value; registers hold nil at first.</remarks>
public sealed class RwRegister : IChecker
{
    const VersionOrders MoreOrders = VersionOrders.SequentialKeys | VersionOrders.LinearizableKeys;

    readonly string _model;
    readonly VersionOrders _orders;

    /// <summary>Creates the judge.</summary>
    /// <param name="consistency">The model to hold the history to, one of
    /// <see cref="ConsistencyLattice.ModelNames"/>.</param>
    /// <param name="orders">What tells the order of versions.</param>
    /// <exception cref="UserMistakeException">There is no such model.</exception>
    public RwRegister(
        string consistency = "strict-serializable",
        VersionOrders orders = VersionOrders.WritesFollowReads | VersionOrders.EitherWay)
    {
        ConsistencyLattice.Implied(consistency);
        _model = consistency;
        _orders = orders;
    }

    /// <inheritdoc/>
    public string Name => "rw-register";

    /// <inheritdoc/>
    public string Sentence => "Transactions over registers fit the consistency model";

    /// <inheritdoc/>
    /// <exception cref="UserMistakeException">An operation is no transaction of writes and reads.</exception>
    public Verdict Check(History history)
    {
        var columns = new TransactionReader("w", readsLists: false).Read(history, out var twice);
        if (twice is not null)
            return Verdict.Undecided(Name, twice);
        var findings = new Findings(columns);
        var reads = new RegisterFindings(columns, findings);
        reads.AddAll();
        if (HeldByItsLevel(columns, reads, findings) is { } held)
            return held;
        new LostUpdates(columns, findings).AddAll(readsLists: false);
        var edges = new EdgeList(columns.Count);
        new RegisterOrder(columns, findings).AddAll(_orders, edges);
        var story = new CycleStory(columns, "wrote", orders: null);
        var known = (_orders & MoreOrders) == VersionOrders.None ? null : edges;
        CycleReport.AddAll(columns, edges, story, findings);
        var decisions = new ModelDecisions();
        decisions.Take(findings, history.TellsRealTime);
        if (columns.Unwritten is { } unwritten)
            decisions.HoldNothing(unwritten);
        // Whatever order of versions follows the reads adds no cycle of these.
        decisions.Hold("strong-read-uncommitted", "strong-session-read-uncommitted", "read-uncommitted");
        if (history.TellsRealTime)
            decisions.Hold("strong-read-committed", "strong-session-read-committed", "read-committed");
        var order = DecideMore(columns, reads, findings, decisions, known, story);
        var verdict = TransactionVerdict.Of(Name, _model, columns, findings, decisions, edges.Seen);
        return verdict.Validity == Validity.Valid ? verdict with { Linearization = order } : verdict;
    }

    // Of large recordings only what can decide the model asked for is looked at. Where sessions are all the
    // order there is, a weak level decides itself; what breaks it is told by the cycles there are.
    Verdict? HeldByItsLevel(TransactionColumns columns, RegisterFindings reads, Findings findings)
    {
        if (columns.Count <= RemainingModels.SearchedAnyhow || columns.History.TellsRealTime
            || columns.Unwritten is not null || findings.Counts.Count > 0 || !WeakIsolation.Decides(_model))
            return null;
        var decisions = new ModelDecisions();
        new WeakIsolation(columns, reads.IsIntermediate, null, new(columns), decisions).Decide(
            WeakIsolation.LevelOf(_model));
        return decisions.IsHeld(_model)
            ? TransactionVerdict.Of(Name, _model, columns, findings, decisions, EdgeKinds.None)
            : null;
    }

    IReadOnlyList<int>? DecideMore(
        TransactionColumns columns, RegisterFindings reads, Findings findings, ModelDecisions decisions,
        EdgeList? known, CycleStory story)
    {
        var isSmall = columns.Count <= RemainingModels.SearchedAnyhow;
        PolygraphCheck? search = null;
        if (_orders.HasFlag(VersionOrders.EitherWay) && (isSmall || PolygraphCheck.Decides(_model)))
            search = PolygraphCheck.Run(
                new RegisterScope(columns), known, findings, decisions, story, SearchLimits.Default);
        if (isSmall || !decisions.IsDecided(_model))
            new WeakIsolation(columns, reads.IsIntermediate, null, findings, decisions).Decide(
                isSmall ? WeakLevel.Causal : WeakIsolation.LevelOf(_model));
        RemainingModels.Decide(
            columns, null, findings, decisions, _model, () => new RegisterGuarantees(columns).Judge);
        return search?.Serial;
    }
}
