using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Analysis.Proving;

/// <summary>A few operations of a history, as a history.</summary>
internal static class SubHistory
{
    /// <summary>These operations, with their events in the order they had.</summary>
    public static History Of(History history, IReadOnlyList<int> operations)
    {
        var events = new SortedDictionary<int, (Operation Operation, bool IsEnd)>();
        foreach (var operation in operations.Distinct().Select(index => history[index]))
        {
            events.Add(operation.InvokedAt, (operation, false));
            if (operation.Outcome != Outcome.Open)
                events.Add(operation.CompletedAt, (operation, true));
        }

        var builder = new HistoryBuilder();
        foreach (var (process, name) in history.ProcessNames)
            builder.Name(process, name);
        foreach (var (operation, isEnd) in events.Values)
            if (isEnd)
                builder.Complete(
                    builder.OpenOperationOf(operation.Process)!.Value, operation.Outcome, operation.Output,
                    operation.CompletedNs, operation.Error);
            else
            {
                builder.Invoke(
                    operation.Process, operation.Function, operation.Key, operation.Input,
                    operation.InvokedNs, operation.IntendedNs, operation.Node, operation.Traits);
                builder.Number(operation.RecordedIndex);
            }
        return builder.Build();
    }

    /// <summary>So many operations, in words.</summary>
    public static string Count(int operations) => operations == 1
        ? "1 operation"
        : $"{operations.ToString("N0", CultureInfo.InvariantCulture)} operations";
}
