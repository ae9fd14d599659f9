using System.Globalization;
using Steelyard.Analysis.Transactions;
using Steelyard.Histories;

namespace Steelyard.Analysis.Sessions;

/// <summary>
/// Consistency models of plain registers and maps that ask nothing of real time, only of the order of each
/// process (its session): the session guarantees, PRAM, causal and causal+.
/// </summary>
/// <remarks>
/// <para>Each value that was read must have been written once to its key; else the answer is Unknown.</para>
/// <para><c>read-your-writes</c>, <c>monotonic-reads</c>, <c>monotonic-writes</c>,
/// <c>writes-follow-reads</c> (Terry et al. 1994); <c>pram</c> (Lipton &amp; Sandberg 1988); <c>causal</c> is
/// causal memory (Ahamad et al. 1995); <c>causal+</c> is causal convergence (Lloyd et al. 2011; Bouajjani et
/// al. 2017): the last two are compared in <see cref="ConsistencyLattice"/>.</para>
/// <para><see cref="ReadYourWrites"/> and <see cref="MonotonicReads"/> also take real time as an order of
/// versions, and so see more than a system without a clock promises.</para>
/// </remarks>
public sealed class SessionConsistency : IChecker
{
    static readonly string[] Family =
    [
        "read-your-writes", "monotonic-reads", "monotonic-writes", "writes-follow-reads", "pram", "causal",
        "causal+",
    ];

    readonly Func<SessionColumns, SessionBreach?> _judge;
    readonly Value _initial;

    /// <summary>The judge of one consistency model.</summary>
    /// <param name="consistency">One of <see cref="Names"/>.</param>
    /// <param name="initial">What each key holds at first: nil, one value for all, or a map from key to
    /// value, nil where absent.</param>
    /// <exception cref="UserMistakeException">There is no such consistency model here.</exception>
    public SessionConsistency(string consistency, Value initial = default)
    {
        (Name, _initial) = (consistency, initial);
        _judge = consistency switch
        {
            "read-your-writes" => SessionPatterns.ReadYourWrites,
            "monotonic-reads" => SessionPatterns.MonotonicReads,
            "monotonic-writes" => SessionPatterns.MonotonicWrites,
            "writes-follow-reads" => SessionPatterns.WritesFollowReads,
            "pram" => columns => ProcessView.Breach(columns, CausalPasts.OfSessions(columns)),
            "causal" => columns => Causal(columns, ProcessView.Breach),
            "causal+" => columns => Causal(columns, Convergence.Breach),
            _ => throw new UserMistakeException(
                $"expected one of {string.Join(", ", Family)}, found \"{consistency}\""),
        };
    }

    /// <summary>The consistency models it judges, weak ones first.</summary>
    public static IReadOnlyList<string> Names => Family;

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Sentence => Name switch
    {
        "read-your-writes" => "A client sees its own writes",
        "monotonic-reads" => "A client never sees time run backwards",
        "monotonic-writes" => "A client's writes take effect in its order",
        "writes-follow-reads" => "A write comes after the writes its client had read",
        "pram" => "Every client sees each other client's writes in their order",
        "causal" => "Effects are never seen without their causes",
        _ => "Effects are never seen without their causes, and all agree on one order of writes",
    };

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var reader = SessionReader.Of(history, _initial);
        if (reader.Undecidable is { } missing)
            return Verdict.Undecided(Name, missing);
        if (reader.ThinAir is { } thinAir)
            return RuledOut(thinAir);
        if (reader.Reads == 0)
            return Verdict.Undecided(Name, "there was no completed read");
        if (CausalPasts.AreTooMany(reader.Columns))
            return Verdict.Undecided(
                Name, $"{Count(CausalPasts.MostEntries)} clock entries are not enough for"
                    + $" {Count(reader.Columns.Writers)} writing processes");
        if (_judge(reader.Columns) is not { } found)
            return ObjectConsistency.WithHeld(
                Verdict.Holds(Name, $"{Count(reader.Reads)} reads keep {Name}"), Name);
        var (core, breach) = SessionCore.Of(reader.Columns, found, _judge);
        return RuledOut(new SessionStory(history, reader, core).Of(breach));
    }

    static SessionBreach? Causal(
        SessionColumns columns, Func<SessionColumns, CausalPasts, SessionBreach?> judge)
    {
        var pasts = CausalPasts.OfCausality(columns);
        return pasts.Cycle is { } cycle
            ? new("CyclicCO", cycle.First(node => columns.Reads[node] >= 0), -1)
            : judge(columns, pasts);
    }

    Verdict RuledOut(Anomaly anomaly) =>
        ObjectConsistency.WithBroken(Verdict.Broken(Name, anomaly), Name);

    static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
