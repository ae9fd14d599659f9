using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Transactions;

/// <summary>
/// Definitions tried out: serializability by every order of transactions, snapshot isolation by every order
/// of starts
/// and commits (a transaction reads what was committed at its start; of two that write the same key, one
/// starts after
/// the other commits).
/// </summary>
internal sealed class TransactionBruteForce
{
    readonly List<Txn> _all = [];
    readonly Func<Operation, Operation, bool> _before;
    readonly Dictionary<string, List<long>> _store = [];

    /// <summary>Takes the transactions that may have happened.</summary>
    /// <param name="history">The history.</param>
    /// <param name="before">The order to respect besides data.</param>
    public TransactionBruteForce(History history, Func<Operation, Operation, bool> before)
    {
        _before = before;
        foreach (var operation in history.Operations.Where(operation => operation.MayHaveHappened))
            _all.Add(new(operation));
    }

    public static bool None(Operation one, Operation other) => false;

    public static bool ByProcess(Operation one, Operation other) =>
        one.Process == other.Process && one.Index < other.Index;

    public static bool ByRealTime(Operation one, Operation other) =>
        one.Outcome == Outcome.Ok && one.CompletedAt < other.InvokedAt;

    /// <summary>True when every append of a transaction that ended Ok was read: the order of versions is
    /// known.</summary>
    public bool AllAppendsAreRead
    {
        get
        {
            var read = _all.SelectMany(txn => txn.Steps).Where(step => step.Read is not null)
                .SelectMany(step => step.Read!).ToHashSet();
            return _all.TrueForAll(txn => txn.IsOk
                && txn.Steps.TrueForAll(step => step.Read is not null || read.Contains(step.Value)));
        }
    }

    public bool IsSerializable() => Subsets().Any(chosen => Serial(chosen, [.. chosen]));

    public bool IsSnapshotIsolated() => Subsets().Any(chosen => Snapshot(chosen, [], []));

    IEnumerable<List<Txn>> Subsets()
    {
        var unsure = _all.Where(txn => !txn.IsOk).ToList();
        for (var bits = 0; bits < 1 << unsure.Count; bits++)
            yield return [.. _all.Where(txn => txn.IsOk || ((bits >> unsure.IndexOf(txn)) & 1) != 0)];
    }

    bool Serial(List<Txn> chosen, List<Txn> left)
    {
        if (left.Count == 0)
            return true;
        foreach (var txn in left.ToList())
        {
            if (left.Exists(other => _before(other.Operation, txn.Operation)) || !txn.Fits(List))
                continue;
            txn.Commit(List);
            left.Remove(txn);
            var found = Serial(chosen, left);
            left.Add(txn);
            txn.Undo(List);
            if (found)
                return true;
        }

        return false;
    }

    bool Snapshot(List<Txn> chosen, List<Txn> started, List<Txn> committed)
    {
        if (committed.Count == chosen.Count)
            return true;
        foreach (var txn in chosen.Where(txn => !started.Contains(txn)))
        {
            if (chosen.Exists(other => _before(other.Operation, txn.Operation) && !committed.Contains(other))
                || !txn.Fits(List))
                continue;
            txn.StartedAfter = committed.Count;
            if (Snapshot(chosen, [.. started, txn], committed))
                return true;
        }

        foreach (var txn in started.Where(txn => !committed.Contains(txn)))
        {
            if (committed.Skip(txn.StartedAfter).Any(other => other.Writes.Overlaps(txn.Writes)))
                continue;
            txn.Commit(List);
            var found = Snapshot(chosen, started, [.. committed, txn]);
            txn.Undo(List);
            if (found)
                return true;
        }

        return false;
    }

    List<long> List(string key) => _store.TryGetValue(key, out var list) ? list : _store[key] = [];

    sealed record Step(string Key, long Value, List<long>? Read);

    sealed class Txn
    {
        public Txn(Operation operation)
        {
            Operation = operation;
            IsOk = operation.Outcome == Outcome.Ok;
            foreach (var step in (IsOk ? operation.Output : operation.Input).AsList)
            {
                var key = step.AsList[1].AsText;
                if (step.AsList[0].AsText == "append")
                    Steps.Add(new(key, step.AsList[2].AsInteger, null));
                else if (IsOk)
                    Steps.Add(new(key, 0, [.. Elements(step.AsList[2])]));
            }

            Writes = Steps.Where(step => step.Read is null).Select(step => step.Key).ToHashSet();
        }

        public Operation Operation { get; }

        public bool IsOk { get; }

        public List<Step> Steps { get; } = [];

        public HashSet<string> Writes { get; }

        public int StartedAfter { get; set; }

        public bool Fits(Func<string, List<long>> store)
        {
            var own = new List<(string Key, long Value)>();
            foreach (var step in Steps)
                if (step.Read is null)
                    own.Add((step.Key, step.Value));
                else if (!step.Read.SequenceEqual(
                    store(step.Key).Concat(own.Where(o => o.Key == step.Key).Select(o => o.Value))))
                    return false;
            return true;
        }

        public void Commit(Func<string, List<long>> store)
        {
            foreach (var step in Steps.Where(step => step.Read is null))
                store(step.Key).Add(step.Value);
        }

        public void Undo(Func<string, List<long>> store)
        {
            foreach (var step in Steps.Where(step => step.Read is null))
                store(step.Key).RemoveAt(store(step.Key).Count - 1);
        }

        static IEnumerable<long> Elements(Value list)
        {
            var elements = new List<long>();
            foreach (var element in list.AsList)
                elements.Add(element.AsInteger);
            return elements;
        }
    }
}
