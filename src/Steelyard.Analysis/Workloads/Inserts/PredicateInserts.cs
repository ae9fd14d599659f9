using Steelyard.Analysis.Shapes;
using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Workloads.Inserts;

/// <summary>
/// Of all inserts of a key, at most one may succeed: each transaction looked by a predicate for rows of the
/// key in both tables, and inserted one only where there was none. Two that succeed both missed the other's
/// row: an anti-dependency on a predicate each way, Adya's G2 (1999, section 3.2.3; Jepsen's workload
/// <c>adya/g2</c>).
/// </summary>
/// <remarks>
/// Operations are <c>insert</c> of <c>[key [a b]]</c>, where a is the row's id in one table or b in the
/// other. A failed one inserted nothing; one of unknown outcome may have, or not, and accuses nobody. O(n).
/// </remarks>
public sealed class PredicateInserts : IChecker
{
    const string Insert = "insert";

    /// <inheritdoc/>
    public string Name => "adya-g2";

    /// <inheritdoc/>
    public string Sentence => "Of two inserts that exclude each other, one at most succeeds";

    /// <inheritdoc/>
    /// <exception cref="UserMistakeException">An operation is no such insert.</exception>
    public Verdict Check(History history)
    {
        var (first, keys) = (new Dictionary<Value, List<int>>(), new List<Value>());
        foreach (var operation in history.Operations)
        {
            var key = KeyOf(operation);
            if (operation.Outcome != Outcome.Ok)
                continue;
            if (!first.TryGetValue(key, out var inserted))
            {
                first.Add(key, inserted = []);
                keys.Add(key);
            }

            inserted.Add(operation.Index);
        }

        if (keys.Count == 0)
            return Verdict.Undecided(Name, "no insert succeeded, so nothing was tested");
        var broken = keys.Where(key => first[key].Count > 1).ToList();
        return broken.Count == 0
            ? Verdict.Holds(Name, $"{keys.Count:N0} keys had one insert each that succeeded")
            : Verdict.Broken(Name,
                [.. broken.Take(MostAnomalies).Select(key => Found(history, key, first[key]))]) with
            {
                Summary = $"{broken.Count:N0} of {keys.Count:N0} keys had several inserts that succeeded: G2",
            };
    }

    static Anomaly Found(History history, Value key, List<int> inserts)
    {
        var (one, other) = (inserts[0], inserts[1]);
        var more = inserts.Count > 2 ? $" ({inserts.Count} did)" : "";
        return new(
            "G2",
            $"T{Number(one)} and T{Number(other)} both inserted a row of {key}{more}, though each inserts"
            + " only where it finds none: neither saw the other's",
            [.. inserts.Take(8)])
        {
            Cycle = [Missed(one, other), Missed(other, one)],
        };

        long Number(int insert) => history[insert].RecordedIndex;

        CycleStep Missed(int reader, int writer) => new(
            reader, writer, "rw", key, "no row → a row",
            $"T{Number(reader)} found no row of {key}, without the one that T{Number(writer)} inserted");
    }

    // The key stands before the rows, as Jepsen's independent keys do, or is the operation's own.
    static Value KeyOf(Operation operation)
    {
        if (operation.Function != Insert)
            throw Mistake(operation, $"the function {Insert}", operation.Function);
        var rows = operation.Input;
        if (!operation.Key.IsNil)
            return IsRow(rows) ? operation.Key : throw Mistake(operation, "rows [a b]", rows.ToString());
        return rows.Kind == ValueKind.List && rows.AsList.Length == 2 && !rows.AsList[0].IsNil
            && IsRow(rows.AsList[1])
            ? rows.AsList[0]
            : throw Mistake(operation, "a key and rows, [key [a b]], one of a and b nil", rows.ToString());
    }

    static bool IsRow(Value rows) => rows.Kind == ValueKind.List && rows.AsList.Length == 2
        && rows.AsList[0].IsNil != rows.AsList[1].IsNil;

    static UserMistakeException Mistake(Operation operation, string expected, string found) =>
        OperationShapes.Mistake(
            operation, isCompletion: false,
            $"expected {expected}, found {OperationShapes.Shortened(found)}");
}
