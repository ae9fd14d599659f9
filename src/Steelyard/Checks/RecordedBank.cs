using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>Jepsen's bank in our words: there, a read of all balances is called <c>read</c>.</summary>
internal static class RecordedBank
{
    /// <summary>The same history, event by event, with such reads called
    /// <see cref="Functions.Balances"/>.</summary>
    /// <exception cref="UserMistakeException">Balances are no map from whole numbers to whole
    /// numbers.</exception>
    public static History InOurWords(History history)
    {
        var events = new Action<HistoryBuilder>?[history.EventCount];
        foreach (var operation in history.Operations)
        {
            MustBeBalances(operation);
            events[operation.InvokedAt] = builder => builder.Invoke(
                operation.Process, IsBalances(operation) ? Functions.Balances
                    : operation.Function, operation.Key,
                operation.Input, operation.InvokedNs, operation.IntendedNs, operation.Node);
            if (operation.Outcome != Outcome.Open)
                events[operation.CompletedAt] = builder => builder.Complete(
                    builder.OpenOperationOf(operation.Process)!.Value, operation.Outcome, operation.Output,
                    operation.CompletedNs, operation.Error);
        }

        foreach (var fault in history.Faults)
            events[fault.Position] = builder => builder.Add(fault);
        var copy = new HistoryBuilder();
        foreach (var repeat in events)
            repeat?.Invoke(copy);
        return copy.Build();
    }

    /// <summary>What the first completed read of balances saw, or nil.</summary>
    public static Value FirstBalances(History history)
    {
        foreach (var operation in history.Operations)
            if (IsBalances(operation) && operation.Outcome == Outcome.Ok)
                return operation.Output;
        return Value.Nil;
    }

    static bool IsBalances(Operation operation) => operation.Function is Functions.Balances or Functions.Read;

    static void MustBeBalances(Operation operation)
    {
        if (!IsBalances(operation) || operation.Outcome != Outcome.Ok)
            return;
        var whole = operation.Output.Kind == ValueKind.Map;
        if (whole)
            foreach (var (account, cents) in operation.Output.AsMap)
                whole &= account.IsInteger && cents.IsInteger;
        if (!whole)
            throw new UserMistakeException(
                $"operation {operation.Index}: expected balances as a map from account to cents, found "
                    + $"{operation.Output}");
    }
}
