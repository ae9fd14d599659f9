using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>Jepsen's bank in our words: there, a read of all balances is called <c>read</c>.</summary>
internal static class RecordedBank
{
    /// <summary>The same history, event by event, with such reads called
    /// <see cref="Functions.Balances"/>.</summary>
    /// <exception cref="UserMistakeException">A transfer is not {from, to, amount} of whole
    /// numbers.</exception>
    public static History InOurWords(History history)
    {
        var events = new Action<HistoryBuilder>?[history.EventCount];
        foreach (var operation in history.Operations)
        {
            MustBeTransfer(operation);
            events[operation.InvokedAt] = builder => builder.Invoke(
                operation.Process, IsBalances(operation) ? Functions.Balances
                    : operation.Function, operation.Key,
                operation.Input, operation.InvokedNs, operation.IntendedNs, operation.Node, operation.Traits);
            if (operation.Outcome != Outcome.Open)
                events[operation.CompletedAt] = builder => builder.Complete(
                    builder.OpenOperationOf(operation.Process)!.Value, operation.Outcome, operation.Output,
                    operation.CompletedNs, operation.Error);
        }

        foreach (var fault in history.Faults)
            events[fault.Position] = builder => builder.Add(fault);
        foreach (var (phase, mark) in history.Phases.Marked)
            events[mark.Position] = builder => builder.Mark(phase, mark.TimeNs);
        var copy = new HistoryBuilder();
        foreach (var repeat in events)
            repeat?.Invoke(copy);
        return copy.Build();
    }

    static bool IsBalances(Operation operation) => operation.Function is Functions.Balances or Functions.Read;

    static void MustBeTransfer(Operation operation)
    {
        if (operation.Function != Functions.Transfer)
            return;
        var input = operation.Input;
        if (input.Kind != ValueKind.Map || !input["from"].IsInteger || !input["to"].IsInteger
            || !input["amount"].IsInteger)
            throw new UserMistakeException(
                $"operation {operation.Index}: expected a transfer {{from, to, amount}} of whole numbers, "
                    + $"found {input}") { Position = operation.InvokedAt };
    }
}
