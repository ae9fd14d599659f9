using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Transactions.Polygraphs;

/// <summary>
/// Definitions tried out on registers: serializability by every order of transactions; snapshot isolation by
/// every order of starts and commits, where a transaction reads what was committed at its start, and of two
/// that write the same key one starts after the other commits.
/// </summary>
internal sealed class RegisterBruteForce
{
    readonly List<Txn> _all = [];
    readonly HashSet<int>? _only;
    readonly Func<Operation, Operation, bool> _before;
    readonly Dictionary<string, Stack<long>> _store = [];

    /// <summary>Takes the transactions that may have happened.</summary>
    /// <param name="history">The history.</param>
    /// <param name="before">The order to respect besides data.</param>
    /// <param name="only">Only these operations count, and reads of what others wrote say nothing; null is
    /// all.</param>
    public RegisterBruteForce(
        History history, Func<Operation, Operation, bool> before, IReadOnlyList<int>? only = null)
    {
        _before = before;
        _only = only?.ToHashSet();
        foreach (var operation in history.Operations)
            if (operation.MayHaveHappened && (_only?.Contains(operation.Index) ?? true))
                _all.Add(new(operation));
        var written = _all.SelectMany(txn => txn.Steps).Where(step => !step.IsRead).Select(step => step.Value)
            .ToHashSet();
        if (_only is not null)
            foreach (var txn in _all)
                txn.Steps.RemoveAll(step => step.IsRead && step.Value != 0 && !written.Contains(step.Value));
    }

    public bool IsSerializable() => Subsets().Any(chosen => Serial([.. chosen]));

    public bool IsSnapshotIsolated() => Subsets().Any(chosen => Snapshot(chosen, [], []));

    /// <summary>Replays an order; the first operation that cannot have seen what it saw, or null.</summary>
    public static int? FirstMisfit(History history, IReadOnlyList<int> order)
    {
        var judge = new RegisterBruteForce(history, TransactionBruteForce.None);
        foreach (var index in order)
        {
            var txn = judge._all.Single(txn => txn.Operation.Index == index);
            if (!txn.Fits(judge.Stack))
                return index;
            txn.Commit(judge.Stack);
        }

        return null;
    }

    IEnumerable<List<Txn>> Subsets()
    {
        var unsure = _all.Where(txn => !txn.IsOk).ToList();
        for (var bits = 0; bits < 1 << unsure.Count; bits++)
            yield return [.. _all.Where(txn => txn.IsOk || ((bits >> unsure.IndexOf(txn)) & 1) != 0)];
    }

    bool Serial(List<Txn> left)
    {
        if (left.Count == 0)
            return true;
        foreach (var txn in left.ToList())
        {
            if (left.Exists(other => _before(other.Operation, txn.Operation)) || !txn.Fits(Stack))
                continue;
            txn.Commit(Stack);
            left.Remove(txn);
            var found = Serial(left);
            left.Add(txn);
            txn.Undo(Stack);
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
                || !txn.Fits(Stack))
                continue;
            txn.StartedAfter = committed.Count;
            if (Snapshot(chosen, [.. started, txn], committed))
                return true;
        }

        foreach (var txn in started.Where(txn => !committed.Contains(txn)))
        {
            if (committed.Skip(txn.StartedAfter).Any(other => other.Writes.Overlaps(txn.Writes)))
                continue;
            txn.Commit(Stack);
            var found = Snapshot(chosen, started, [.. committed, txn]);
            txn.Undo(Stack);
            if (found)
                return true;
        }

        return false;
    }

    Stack<long> Stack(string key) => _store.TryGetValue(key, out var stack) ? stack : _store[key] = [];

    // Zero is nil.
    sealed record Step(bool IsRead, string Key, long Value);

    sealed class Txn
    {
        public Txn(Operation operation)
        {
            Operation = operation;
            IsOk = operation.Outcome == Outcome.Ok;
            foreach (var step in (IsOk ? operation.Output : operation.Input).AsList)
            {
                var isRead = step.AsList[0].AsText == "r";
                if (!isRead || IsOk)
                    Steps.Add(new(
                        isRead, step.AsList[1].AsText, step.AsList[2].IsNil ? 0 : step.AsList[2].AsInteger));
            }

            Writes = Steps.Where(step => !step.IsRead).Select(step => step.Key).ToHashSet();
        }

        public Operation Operation { get; }

        public bool IsOk { get; }

        public List<Step> Steps { get; } = [];

        public HashSet<string> Writes { get; }

        public int StartedAfter { get; set; }

        public bool Fits(Func<string, Stack<long>> store)
        {
            var own = new Dictionary<string, long>();
            foreach (var step in Steps)
            {
                var held = own.TryGetValue(step.Key, out var mine) ? mine
                    : store(step.Key).TryPeek(out var top) ? top : 0;
                if (step.IsRead && step.Value != held)
                    return false;
                own[step.Key] = step.Value;
            }

            return true;
        }

        public void Commit(Func<string, Stack<long>> store)
        {
            foreach (var step in Steps.Where(step => !step.IsRead))
                store(step.Key).Push(step.Value);
        }

        public void Undo(Func<string, Stack<long>> store)
        {
            foreach (var step in Steps.Where(step => !step.IsRead))
                store(step.Key).Pop();
        }
    }
}
