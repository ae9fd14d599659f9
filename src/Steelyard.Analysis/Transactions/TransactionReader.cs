using Steelyard.Analysis.Shapes;
using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions;

/// <summary>
/// Turns transactions, lists of steps such as <c>[append x 1]</c>, into columns. Operations <c>txn</c> are
/// transactions, and so is every other whose value is such a list (<see cref="MicroOperations"/>).
/// </summary>
/// <param name="write">The word for a write: append or w.</param>
/// <param name="readsLists">True when reads give lists of what was appended.</param>
internal sealed class TransactionReader(string write, bool readsLists)
{
    /// <summary>Reads all transactions.</summary>
    /// <param name="history">The history.</param>
    /// <param name="twice">What makes the history undecidable: a value written twice to a key; or
    /// null.</param>
    /// <exception cref="UserMistakeException">An operation is no such transaction.</exception>
    public TransactionColumns Read(History history, out string? twice)
    {
        if (!readsLists && history.Steps is { } numbered)
            return StepColumns.Of(history, numbered, out twice);
        twice = null;
        var columns = new TransactionColumns(history);
        for (var index = 0; index < history.Count; index++)
        {
            var operation = history[index];
            var isOk = operation.Outcome == Outcome.Ok;
            var steps = isOk && !operation.Output.IsNil ? operation.Output : operation.Input;
            if (operation.Function != Functions.Txn && !MicroOperations.Are(steps))
                throw Mistake(
                    operation, $"the function txn, or steps such as [[{write} x 1] [r x nil]]",
                    $"{operation.Function} {steps}");
            var transaction = columns.Count;
            columns.Begin(index, operation.Outcome, operation.Process);
            if (steps.Kind != ValueKind.List)
                throw Mistake(
                    operation, $"a list of steps such as [[{write} x 1] [r x nil]]", steps.ToString());
            var isKnown = isOk && !operation.Output.IsNil;
            if (isKnown)
                MustAnswer(operation);
            foreach (var step in steps.AsList)
                twice = ReadStep(columns, transaction, operation, step, isKnown) ?? twice;
        }

        if (!readsLists && history.TellsRealTime)
            columns.AddUnseenWriters();
        columns.LeaveOutUnseen();
        return columns;
    }

    // What came back has the steps that were asked for: the same keys, and the same values written.
    static void MustAnswer(Operation operation)
    {
        if (operation.Input.Kind != ValueKind.List)
            return;
        var asked = operation.Input.AsList;
        var answered = operation.Output.AsList;
        for (var i = 0; i < Math.Max(asked.Length, answered.Length); i++)
            if (i >= asked.Length || i >= answered.Length || !Answers(asked[i], answered[i]))
                throw Mistake(
                    operation,
                    i < asked.Length ? $"an answer to the step {asked[i]}" : "no more steps than were asked",
                    i < answered.Length ? answered[i].ToString() : "none");
    }

    static bool Answers(Value asked, Value answered)
    {
        if (asked.Kind != ValueKind.List || answered.Kind != ValueKind.List)
            return false;
        var one = asked.AsList;
        var other = answered.AsList;
        if (one.Length < 2 || other.Length < 2 || one[0] != other[0] || one[1] != other[1])
            return false;
        return one[0] == "r" || one[0] == "read"
            || (one.Length == other.Length && (one.Length < 3 || one[2] == other[2]));
    }

    string? ReadStep(
        TransactionColumns columns, int transaction, Operation operation, Value step, bool isKnown)
    {
        if (step.Kind != ValueKind.List || step.AsList.Length is < 2 or > 3
            || step.AsList[0].Kind != ValueKind.Text)
            throw Mistake(operation, $"a step [{write} key value] or [r key value]", step.ToString());
        var parts = step.AsList;
        var key = columns.KeyNumber(parts[1]);
        var value = parts.Length == 3 ? parts[2] : Value.Nil;
        var word = parts[0].AsText;
        if (MicroOperations.IsRead(word))
        {
            AddRead(columns, operation, key, value, isKnown && parts.Length == 3);
            return null;
        }

        if (word == Functions.Delete && !readsLists)
            return AddWrite(columns, transaction, operation, key, Value.Nil);
        if (!MicroOperations.IsWord(word, write))
            throw Mistake(operation, $"a step {write} or r", step.ToString());
        return AddWrite(columns, transaction, operation, key, value);
    }

    void AddRead(TransactionColumns columns, Operation operation, int key, Value value, bool isKnown)
    {
        columns.Kinds.Add(isKnown ? StepKind.Read : StepKind.UnknownRead);
        columns.StepKeys.Add(key);
        if (!isKnown || !readsLists)
        {
            columns.StepVersions.Add(!isKnown || value.IsNil ? -1 : columns.VersionNumber(key, value));
            if (readsLists)
                columns.StepLengths.Add(0);
            return;
        }

        if (!value.IsNil && value.Kind != ValueKind.List)
            throw Mistake(operation, $"a list as result of the read of {columns.Key(key)}", value.ToString());
        var elements = value.IsNil ? [] : value.AsList;
        columns.StepVersions.Add(columns.Elements.Count);
        columns.StepLengths.Add(elements.Length);
        foreach (var element in elements)
            columns.Elements.Add(columns.VersionNumber(key, element));
    }

    string? AddWrite(TransactionColumns columns, int transaction, Operation operation, int key, Value value)
    {
        if (value.IsNil && readsLists)
            throw Mistake(operation, $"a value to append to {columns.Key(key)}", "nil");
        var version = columns.VersionNumber(key, value);
        columns.Kinds.Add(StepKind.Write);
        columns.StepKeys.Add(key);
        columns.StepVersions.Add(version);
        if (readsLists)
            columns.StepLengths.Add(0);
        if (value.IsNil)
            return $"operation {operation.RecordedIndex} leaves {columns.Key(key)} without a value, as it was"
                + " at first; versions must be told apart by their values";
        return SetWriter(columns, version, transaction)
            ? null
            : Twice(columns, version, operation.Index);
    }

    /// <summary>Says who wrote a version; false where another may have written it too. What failed never
    /// happened, so a retry after it is no second write.</summary>
    internal static bool SetWriter(TransactionColumns columns, int version, int transaction)
    {
        ref var writer = ref columns.Writers[version];
        if (writer >= 0 && columns.Outcomes[transaction] == Outcome.Fail)
            return true;
        if (writer >= 0 && columns.Outcomes[writer] != Outcome.Fail)
            return false;
        writer = transaction;
        return true;
    }

    /// <summary>What makes a version that was written twice undecidable.</summary>
    internal static string Twice(TransactionColumns columns, int version, int again)
    {
        var first = columns.History[columns.Operations[columns.Writers[version]]];
        return $"{columns.VersionValue(version)} was written to {columns.Key(columns.VersionKey(version))} by"
            + $" operation {first.RecordedIndex} and again by operation"
            + $" {columns.History[again].RecordedIndex};"
            + " versions must be told apart by their values";
    }

    // Of an Ok the steps returned are read, of any other those it was invoked with.
    static UserMistakeException Mistake(Operation operation, string expected, string found) =>
        OperationShapes.Mistake(
            operation, operation.Outcome == Outcome.Ok && !operation.Output.IsNil,
            $"expected {expected}, found {OperationShapes.Shortened(found)}");
}
