using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Transactions;

/// <summary>Transactions as tests write them: <c>append x 1, r x [1]</c>, with <c>fail</c> or <c>info</c>
/// before.</summary>
internal static class WrittenTransactions
{
    /// <summary>All open at once, each of a process of its own.</summary>
    public static History AtOnce(params string[] transactions)
    {
        var builder = new HistoryBuilder();
        for (var i = 0; i < transactions.Length; i++)
            builder.Invoke(i, Functions.Txn, Value.Nil, Steps(transactions[i]));
        for (var i = 0; i < transactions.Length; i++)
            Complete(builder, i, transactions[i]);
        return builder.Build();
    }

    /// <summary>One after another; each begins with its process: <c>0: append x 1</c>.</summary>
    public static History InTurn(params string[] transactions)
    {
        var builder = new HistoryBuilder();
        foreach (var transaction in transactions)
        {
            var parts = transaction.Split(": ", 2);
            var process = int.Parse(parts[0]);
            Complete(
                builder, builder.Invoke(process, Functions.Txn, Value.Nil, Steps(parts[1])), parts[1]);
        }

        return builder.Build();
    }

    static void Complete(HistoryBuilder builder, int operation, string text)
    {
        var outcome = text.StartsWith("fail ", StringComparison.Ordinal) ? Outcome.Fail
            : text.StartsWith("info ", StringComparison.Ordinal) ? Outcome.Info
            : Outcome.Ok;
        builder.Complete(operation, outcome, outcome == Outcome.Ok ? Steps(text) : Value.Nil);
    }

    static Value Steps(string text)
    {
        var steps = text.Replace("fail ", "", StringComparison.Ordinal)
            .Replace("info ", "", StringComparison.Ordinal).Split(", ");
        var listed = steps.Select(step => $"[{string.Join(", ", step.Split(' ', 3).Select(Commas))}]");
        return History.Parse($"0 invoke txn [{string.Join(", ", listed)}]")[0].Input;
    }

    static string Commas(string word) => word.Replace(" ", ", ", StringComparison.Ordinal);
}
