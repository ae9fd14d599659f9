using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Transactions.Definitions;

/// <summary>One step of a transaction, as definitions see it.</summary>
/// <param name="IsWrite">A write of a register or an append to a list.</param>
/// <param name="Key">Its key.</param>
/// <param name="Value">What was written or read; nil is the first state.</param>
/// <param name="List">All that a read of a list returned; null for registers and writes.</param>
internal sealed record DefinedStep(bool IsWrite, Value Key, Value Value, IReadOnlyList<Value>? List);

/// <summary>A transaction, as definitions see it: of one that did not end Ok only the writes.</summary>
internal sealed class DefinedTransaction
{
    public DefinedTransaction(Operation operation)
    {
        (Index, Process, Outcome) = (operation.Index, operation.Process, operation.Outcome);
        (Begins, Ends) = (operation.InvokedAt, IsOk ? operation.CompletedAt : int.MaxValue);
        foreach (var step in (IsOk ? operation.Output : operation.Input).AsList)
            Add(step.AsList[0].AsText, step.AsList[1], step.AsList[2]);
    }

    /// <summary>Who wrote a value that was read, and stands in no recording.</summary>
    public DefinedTransaction(DefinedStep read, int number)
    {
        (Index, Process, Outcome, Ends) = (number, number, Outcome.Ok, int.MaxValue);
        Steps.Add(read with { IsWrite = true });
    }

    public int Index { get; }

    public int Process { get; }

    public Outcome Outcome { get; }

    public bool IsOk => Outcome == Outcome.Ok;

    public int Begins { get; }

    public int Ends { get; }

    public List<DefinedStep> Steps { get; } = [];

    /// <summary>All it wrote to a key, in order.</summary>
    public IEnumerable<Value> Written(Value key) =>
        Steps.Where(step => step.IsWrite && step.Key == key).Select(step => step.Value);

    void Add(string word, Value key, Value value)
    {
        if (word != "r")
            Steps.Add(new(true, key, value, null));
        else if (IsOk && (value.Kind == ValueKind.List))
            Steps.Add(new(false, key, value.AsList.IsEmpty ? Value.Nil : value.AsList[^1], Elements(value)));
        else if (IsOk)
            Steps.Add(new(false, key, value, null));
    }

    static List<Value> Elements(Value list) => [.. list.AsList];
}
