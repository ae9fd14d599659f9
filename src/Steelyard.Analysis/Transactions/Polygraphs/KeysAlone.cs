using Steelyard.Analysis.Transactions.Cycles;
using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>
/// Whether each key by itself is linearizable (Herlihy and Wing 1990), with transactions as its operations:
/// what a transaction does to the key takes effect at one moment between its call and its return. A key is
/// not where its transactions make a circle of its own versions and real time.
/// </summary>
internal sealed class KeysAlone(TransactionColumns columns, Findings findings, ModelDecisions decisions)
{
    /// <summary>More transactions are looked at only where the word was asked for.</summary>
    public const int MostAnyhow = 1_024;

    const string Word = "linearizable";

    static readonly OrderQuestion Question =
        new("not-linearizable", Word, OrderKind.Serial, EdgeKinds.Realtime);

    // Each of these is about one key.
    static readonly string[] Impossible =
    [
        "garbage-read", "G1a", "G1b", "future-read", "internal", "duplicate-elements", "incompatible-order",
        "cyclic-versions", "lost-update",
    ];

    /// <summary>Decides the word, unless it is.</summary>
    public void Decide()
    {
        if (decisions.IsDecided(Word) || !columns.History.TellsRealTime)
            return;
        if (Array.Exists(Impossible, findings.Counts.ContainsKey))
        {
            decisions.Break(Word);
            return;
        }

        foreach (var steps in ByKey())
            if (!Holds(Project(steps)))
                return;
        decisions.Hold(Word);
    }

    List<int>[] ByKey()
    {
        var byKey = new List<int>[columns.KeyCount];
        for (var key = 0; key < byKey.Length; key++)
            byKey[key] = [];
        for (var step = 0; step < columns.Kinds.Count; step++)
            byKey[columns.StepKeys[step]].Add(step);
        return byKey;
    }

    bool Holds(TransactionColumns part)
    {
        OrderScope scope = part.HoldsLists
            ? new ListScope(part, ListOrders.Of(part))
            : new RegisterScope(part);
        var limits = SearchLimits.Default;
        var polygraph = scope.BuildInTime(OrderKind.Serial, TimedBy.All, limits.Pairs)
            ?? scope.Build(scope.Members, OrderKind.Serial, limits.Pairs);
        var end = polygraph.PairCount > limits.Pairs
            ? ChoiceSearchEnd.Exhausted
            : OrderAttempt.Of(polygraph, part, null, Question, limits).End;
        if (end == ChoiceSearchEnd.Contradiction)
            Tell(scope, polygraph);
        if (end == ChoiceSearchEnd.Exhausted)
            decisions.Leave(Word, $"the order of the writes of {part.Key(0)} was not found");
        return end == ChoiceSearchEnd.Found;
    }

    void Tell(OrderScope scope, Polygraph polygraph)
    {
        decisions.Break(Word);
        var small = new SmallContradiction(scope, null, Question, SearchLimits.Default).Of(polygraph);
        var own = new Findings(scope.Columns);
        var story = new CycleStory(
            scope.Columns, scope.Columns.HoldsLists ? "appended" : "wrote",
            scope.Columns.HoldsLists ? ListOrders.Of(scope.Columns) : null);
        new ContradictionStory(scope, null, Question, story, small).AddTo(own);
        findings.Add(own.InOrder()[0]);
    }

    // The steps of one key, each transaction as far as it touched it.
    TransactionColumns Project(List<int> steps)
    {
        var part = new TransactionColumns(columns.History);
        var last = -1;
        foreach (var step in steps)
        {
            var transaction = columns.TransactionOf(step);
            if (transaction != last && columns.Counts(transaction))
                part.Begin(columns.Operations[transaction], columns.Outcomes[transaction],
                    columns.Processes[transaction]);
            last = transaction;
            if (columns.Counts(transaction))
                Copy(part, step);
        }

        part.LeaveOutUnseen();
        return part;
    }

    void Copy(TransactionColumns part, int step)
    {
        var key = part.KeyNumber(columns.Key(columns.StepKeys[step]));
        part.Kinds.Add(columns.Kinds[step]);
        part.StepKeys.Add(key);
        var version = columns.StepVersions[step];
        if (columns.HoldsLists)
            part.StepLengths.Add(columns.StepLengths[step]);
        if (columns.HoldsLists && columns.Kinds[step] == StepKind.Read)
        {
            part.StepVersions.Add(part.Elements.Count);
            foreach (var element in columns.ListRead(step))
                part.Elements.Add(part.VersionNumber(key, columns.VersionValue(element)));
            return;
        }

        var isVersion = columns.Kinds[step] != StepKind.UnknownRead && version >= 0;
        part.StepVersions.Add(isVersion ? part.VersionNumber(key, columns.VersionValue(version)) : -1);
        if (columns.Kinds[step] == StepKind.Write)
            part.Writers[part.StepVersions[part.StepVersions.Count - 1]] = part.Count - 1;
    }
}
