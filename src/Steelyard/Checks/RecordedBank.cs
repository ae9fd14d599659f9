using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>Jepsen's bank in our words: there, a read of all balances is called <c>read</c>.</summary>
internal static class RecordedBank
{
    /// <summary>The same history, event by event, with such reads called <see cref="Functions.Balances"/>,
    /// and transfers that only repeat their argument answered by nothing.</summary>
    /// <exception cref="UserMistakeException">A transfer is not {from, to, amount} of whole
    /// numbers.</exception>
    public static History InOurWords(History history)
    {
        foreach (var operation in history.Operations)
            MustBeTransfer(operation);
        return RewrittenHistory.Of(
            history,
            operation => IsBalances(operation) ? Functions.Balances : operation.Function,
            operation => operation.Function == Functions.Transfer && operation.Output == operation.Input
                ? Value.Nil
                : operation.Output);
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
                $"operation {operation.RecordedIndex}: expected a transfer {{from, to, amount}} of whole"
                    + $" numbers, found {input}") { Position = operation.InvokedAt };
    }
}
