using Steelyard.Histories;

namespace Steelyard.Analysis.Tests;

/// <summary>Histories made from others, event by event.</summary>
internal static class HistoryEdits
{
    /// <summary>The operations that are wanted, in the same order of events.</summary>
    public static History Only(this History history, Func<Operation, bool> wanted) =>
        history.Rewritten(wanted, static process => process, 0);

    /// <summary>The same with other process numbers and all times shifted.</summary>
    public static History Renamed(this History history, Func<int, int> process, long shiftNs) =>
        history.Rewritten(static _ => true, process, shiftNs);

    /// <summary>The same with more events at its end.</summary>
    public static History Followed(this History history, Action<HistoryBuilder> more) =>
        history.Rewritten(static _ => true, static process => process, 0, more);

    static History Rewritten(
        this History history, Func<Operation, bool> wanted, Func<int, int> process, long shiftNs,
        Action<HistoryBuilder>? more = null)
    {
        var builder = new HistoryBuilder();
        var numbers = new Dictionary<int, int>();
        foreach (var (operation, isCall) in history.Events().Where(e => wanted(e.Operation)))
        {
            if (isCall)
                numbers[operation.Index] = builder.Invoke(
                    process(operation.Process), operation.Function, operation.Key, operation.Input,
                    operation.InvokedNs + shiftNs, traits: operation.Traits);
            else
                builder.Complete(
                    numbers[operation.Index], operation.Outcome, operation.Output,
                    operation.CompletedNs + shiftNs, operation.Error);
        }

        more?.Invoke(builder);
        return builder.Build();
    }

    static IEnumerable<(Operation Operation, bool IsCall)> Events(this History history) =>
        history.Operations.Select(o => (At: o.InvokedAt, Operation: o, IsCall: true))
            .Concat(history.Operations.Where(o => o.Outcome != Outcome.Open)
                .Select(o => (At: o.CompletedAt, Operation: o, IsCall: false)))
            .OrderBy(e => e.At)
            .Select(e => (e.Operation, e.IsCall));

    /// <summary>The history, one event a line, for messages of failed tests.</summary>
    public static string Written(this History history) => string.Join(
        '\n', history.Events().Select(e => (e.IsCall ? "call   " : "return ") + e.Operation));
}
