using Steelyard.Analysis.Shapes;
using Steelyard.Histories;

namespace Steelyard.Analysis.Workloads.Watches;

/// <summary>A change of one key.</summary>
/// <param name="Revision">The revision it made.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">What it left; nil where it took the key away.</param>
/// <param name="IsDelete">Whether it took the key away.</param>
/// <param name="Response">In which response of the watch it stood.</param>
/// <param name="Progress">The highest revision that the watch had said was told before.</param>
internal readonly record struct WatchedChange(
    long Revision, Value Key, Value Value, bool IsDelete, int Response = 0, long Progress = 0)
{
    /// <summary>Whether both did the same.</summary>
    public bool IsSame(WatchedChange other) => IsDelete == other.IsDelete && Value == other.Value;

    /// <summary>As people read it.</summary>
    public override string ToString() =>
        IsDelete ? $"the delete of {Key} at revision {Revision}" : $"{Key} = {Value} at revision {Revision}";
}

/// <summary>What one watch told.</summary>
/// <param name="Operation">The operation of the watch.</param>
/// <param name="From">The revision asked for; 0 is from now on.</param>
/// <param name="Events">The events, in the order in which they came.</param>
/// <param name="To">Up to which revision it must have told everything.</param>
internal sealed record WatchStream(Operation Operation, long From, List<WatchedChange> Events, long To)
{
    /// <summary>Reads a watch: its input {revision, prefix}, its output a list of {revision, progress,
    /// events}, each event {type, key, value, revision}.</summary>
    /// <exception cref="UserMistakeException">It is of another form.</exception>
    public static WatchStream Of(Operation operation)
    {
        var events = new List<WatchedChange>();
        var (progress, response) = (0L, 0);
        if (operation.Output.Kind != ValueKind.List)
            throw Mistake(operation, "a list of responses", operation.Output);
        foreach (var one in operation.Output.AsList)
        {
            if (one.Kind != ValueKind.Map || one["events"].Kind != ValueKind.List)
                throw Mistake(operation, "a response {revision, progress, events}", one);
            foreach (var told in one["events"].AsList)
                events.Add(Change(operation, told, response, progress));
            if (one["progress"] == Value.Of(true) && one["revision"].IsInteger)
                progress = Math.Max(progress, one["revision"].AsInteger);
            response++;
        }

        var from = operation.Input.Kind == ValueKind.Map && operation.Input["revision"].IsInteger
            ? operation.Input["revision"].AsInteger
            : 0;
        var to = Math.Max(progress, events.Count == 0 ? 0 : events.Max(one => one.Revision));
        return new(operation, from, events, to);
    }

    /// <summary>From which revision on it must have told everything; greater than <see cref="To"/> where that
    /// is not known.</summary>
    public long First => From > 0 ? From : Events.Count > 0 ? Events[0].Revision : long.MaxValue;

    /// <summary>Whether a key was asked for.</summary>
    public bool Asks(Value key)
    {
        var isPrefix = Operation.Input.Kind == ValueKind.Map
            && Operation.Input["prefix"] == Histories.Value.Of(true);
        if (!isPrefix || Operation.Key.Kind != ValueKind.Text || key.Kind != ValueKind.Text)
            return key == Operation.Key || (isPrefix && Operation.Key.IsNil);
        return key.AsText.StartsWith(Operation.Key.AsText, StringComparison.Ordinal);
    }

    /// <summary>As people read it.</summary>
    public override string ToString() => $"{Operation.ProcessName}'s watch"
        + (Operation.Key.IsNil || Operation.Key == "" ? "" : $" of {Operation.Key}");

    static WatchedChange Change(Operation operation, Value told, int response, long progress)
    {
        if (told.Kind != ValueKind.Map || !told["revision"].IsInteger)
            throw Mistake(operation, "an event {type, key, value, revision}", told);
        var isDelete = told["type"] == Functions.Delete;
        return new(
            told["revision"].AsInteger, told["key"], isDelete ? Histories.Value.Nil : told["value"], isDelete,
            response, progress);
    }

    static UserMistakeException Mistake(Operation operation, string expected, Value found) =>
        OperationShapes.Mistake(
            operation, isCompletion: true,
            $"expected {expected} of a watch, found {OperationShapes.Shortened(found.ToString())}");
}
