using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>A recording in other words: the same events at the same positions.</summary>
internal static class RewrittenHistory
{
    /// <summary>The same history with functions and answers replaced.</summary>
    /// <param name="history">The recording.</param>
    /// <param name="function">What an operation is called.</param>
    /// <param name="output">What an operation answered.</param>
    /// <param name="owner">Whose an operation is; null leaves it as it is.</param>
    /// <param name="asked">Its key and its argument; null leaves them as they are.</param>
    public static History Of(
        History history, Func<Operation, string> function, Func<Operation, Value> output,
        Func<Operation, int>? owner = null, Func<Operation, (Value Key, Value Input)>? asked = null)
    {
        owner ??= static operation => operation.Process;
        asked ??= static operation => (operation.Key, operation.Input);
        var events = new Action<HistoryBuilder>?[history.EventCount];
        foreach (var operation in history.Operations)
        {
            events[operation.InvokedAt] = builder =>
            {
                builder.Invoke(
                    owner(operation), function(operation), asked(operation).Key, asked(operation).Input,
                    operation.InvokedNs, operation.IntendedNs, operation.Node, operation.Traits);
                builder.Number(operation.RecordedIndex);
            };
            if (operation.Outcome != Outcome.Open)
                events[operation.CompletedAt] = builder => builder.Complete(
                    builder.OpenOperationOf(owner(operation))!.Value, operation.Outcome, output(operation),
                    operation.CompletedNs, operation.Error);
        }

        foreach (var fault in history.Faults)
            events[fault.Position] = builder => builder.Add(fault);
        foreach (var (phase, mark) in history.Phases.Marked)
            events[mark.Position] = builder => builder.Mark(phase, mark.TimeNs);
        var copy = new HistoryBuilder();
        foreach (var repeat in events)
            repeat?.Invoke(copy);
        copy.Miss(history.NotRecorded);
        foreach (var (process, name) in history.ProcessNames)
            copy.Name(process, name);
        return copy.Build();
    }
}
