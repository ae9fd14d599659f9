using System.Globalization;
using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Analysis.Shapes;
using Steelyard.Analysis.Transactions;
using Steelyard.Histories;

namespace Steelyard.Analysis.Sessions;

/// <summary>
/// Long fork, in the format of Jepsen's workload of that name: transactions <c>[[w k v]]</c> that write one
/// key once, and <c>[[r k v] …]</c> that read a group of keys. Two reads of a group that each saw a write
/// the other did not disagree on the order of writes, which parallel snapshot isolation allows and snapshot
/// isolation does not (Sovran et al. 2011, section 3).
/// </summary>
/// <remarks>
/// Reads of a group are put in order by how much they saw; without a fork each then saw all that the one
/// before saw. O(n log n) for reads of n keys in all.
/// </remarks>
public sealed class LongFork : IChecker
{
    /// <inheritdoc/>
    public string Name => "long-fork";

    /// <inheritdoc/>
    public string Sentence => "No two transactions see two writes in opposite orders";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var writes = new Dictionary<Value, KeyWrite>();
        var groups = new SortedDictionary<Value, List<GroupRead>>();
        string? twice = null;
        foreach (var operation in history.Operations)
            Take(operation, writes, groups, ref twice);
        if (twice is not null)
            return Verdict.Undecided(Name, twice);
        var anomalies = new List<Anomaly>();
        foreach (var (keys, reads) in groups)
            FindIn(keys, reads, writes, anomalies);
        if (groups.Count == 0)
            return Verdict.Undecided(Name, "there was no completed read of a group");
        if (anomalies.Count > 0)
            return Verdict.Broken(Name, anomalies) with { NotModels = RuledOut };
        var count = groups.Values.Sum(reads => reads.Count);
        return Verdict.Holds(
            Name, string.Create(
                CultureInfo.InvariantCulture,
                $"{count:N0} reads of {groups.Count:N0} groups agree on the order of writes"));
    }

    static IReadOnlyList<string> RuledOut { get; } =
        [.. ConsistencyLattice.ModelNames.Where(
            model => ConsistencyLattice.Implied(model).Contains("snapshot-isolation"))];

    static void Take(
        Operation operation, Dictionary<Value, KeyWrite> writes,
        SortedDictionary<Value, List<GroupRead>> groups, ref string? twice)
    {
        var isOk = operation.Outcome == Outcome.Ok;
        var steps = isOk && !operation.Output.IsNil ? operation.Output : operation.Input;
        if (steps.Kind != ValueKind.List
            || (operation.Function != Functions.Txn && !MicroOperations.Are(steps)))
            throw Mistake(operation, "a txn of [w key value] or [r key value]", operation.ToString());
        var seen = new SortedDictionary<Value, Value>();
        foreach (var step in steps.AsList)
        {
            if (step.Kind != ValueKind.List || step.AsList.Length is < 2 or > 3)
                throw Mistake(operation, "[w key value] or [r key value]", step.ToString());
            var (word, key) = (step.AsList[0].ToString(), step.AsList[1]);
            var value = step.AsList.Length == 3 ? step.AsList[2] : Value.Nil;
            if (!MicroOperations.IsRead(word) && !MicroOperations.IsWord(word, "w"))
                throw Mistake(operation, "[w key value] or [r key value]", step.ToString());
            if (MicroOperations.IsRead(word))
                seen[key] = value;
            else if (!TryAdd(writes, key, new(value, operation.Index, operation.MayHaveHappened)))
                twice ??= $"operation {operation.RecordedIndex} writes {key} again; each key is written once"
                    + " here";
        }

        if (!isOk || seen.Count == 0)
            return;
        var group = Value.List([.. seen.Keys]);
        if (!groups.TryGetValue(group, out var reads))
            groups.Add(group, reads = []);
        reads.Add(new(operation, [.. seen.Values]));
    }

    // Only writes that may have happened count; a failed one is kept until such a write is met.
    static bool TryAdd(Dictionary<Value, KeyWrite> writes, Value key, KeyWrite write)
    {
        if (writes.TryGetValue(key, out var known) && known.MayHaveHappened)
            return !write.MayHaveHappened;
        writes[key] = write;
        return true;
    }

    static void FindIn(
        Value keys, List<GroupRead> reads, Dictionary<Value, KeyWrite> writes,
        List<Anomaly> anomalies)
    {
        if (Garbage(keys, reads, writes) is { } garbage)
            anomalies.Add(garbage);
        var ordered = reads.OrderBy(read => read.Seen).ThenBy(read => read.Operation.Index).ToArray();
        for (var i = 1; i < ordered.Length; i++)
            if (Missed(ordered[i - 1], ordered[i]) is >= 0 and var missed)
            {
                anomalies.Add(Fork(keys, ordered[i - 1], ordered[i], missed, writes));
                return;
            }
    }

    // A key that nobody wrote in the recording may hold what was there before it: that tells nothing.
    static Anomaly? Garbage(
        Value keys, List<GroupRead> reads, Dictionary<Value, KeyWrite> writes)
    {
        foreach (var read in reads)
            for (var i = 0; i < read.Values.Length; i++)
                if (!read.Values[i].IsNil && writes.TryGetValue(keys.AsList[i], out var write)
                    && (!write.MayHaveHappened || write.Value != read.Values[i]))
                    return new(
                        "garbage-read", $"operation {read.Operation.RecordedIndex} read {read.Values[i]} from"
                            + $" {keys.AsList[i]}, which nobody wrote", [read.Operation.Index]);
        return null;
    }

    // What the fuller read missed of the other; if anything, the other missed something as well.
    static int Missed(GroupRead less, GroupRead more)
    {
        for (var i = 0; i < less.Values.Length; i++)
            if (!less.Values[i].IsNil && more.Values[i].IsNil)
                return i;
        return -1;
    }

    static Anomaly Fork(
        Value keys, GroupRead less, GroupRead more, int missed,
        Dictionary<Value, KeyWrite> writes)
    {
        var (one, other) = (keys.AsList[missed], keys.AsList[Missed(more, less)]);
        List<int> witness = [less.Operation.Index, more.Operation.Index];
        foreach (var key in (Value[])[one, other])
            if (writes.TryGetValue(key, out var write))
                witness.Add(write.Operation);
        return new(
            "long-fork",
            $"operation {less.Operation.RecordedIndex} saw the write of {one} but not that of {other}, and"
                + $" operation {more.Operation.RecordedIndex} saw that of {other} but not that of {one}",
            SessionFinding.Witness([.. witness]));
    }

    static UserMistakeException Mistake(Operation operation, string expected, string found) =>
        OperationShapes.Mistake(
            operation, operation.Outcome == Outcome.Ok && !operation.Output.IsNil,
            $"expected {expected}, found {Witness.Shortened(found)}");

    readonly record struct KeyWrite(Value Value, int Operation, bool MayHaveHappened);

    sealed record GroupRead(Operation Operation, Value[] Values)
    {
        public int Seen { get; } = Values.Count(value => !value.IsNil);
    }
}
