using Steelyard.Histories;

namespace Steelyard.Formats.Traces;

/// <summary>
/// The processes of traced operations. Where nobody says whose an operation is, it is a process of its own:
/// less is claimed of two than of one. The same where its process is still busy, or ended one in the unknown.
/// </summary>
internal sealed class TracedProcesses(IReadOnlyList<TracedOperation> operations)
{
    readonly Dictionary<Value, (int Number, bool IsBusy)> _named = [];
    readonly Dictionary<int, int> _holds = [];
    int _next;

    /// <summary>The process that begins an operation.</summary>
    public int Begin(int operation)
    {
        var name = operations[operation].Process;
        if (name.IsNil || (_named.TryGetValue(name, out var known) && known.IsBusy))
            return _next++;
        if (!_named.TryGetValue(name, out known))
            known = (_next++, false);
        _named[name] = (known.Number, true);
        _holds.Add(operation, known.Number);
        return known.Number;
    }

    /// <summary>Lets it go.</summary>
    public void End(int operation)
    {
        if (!_holds.Remove(operation))
            return;
        var (name, isOver) = (operations[operation].Process, operations[operation].Outcome == Outcome.Info);
        if (isOver)
            _named.Remove(name);
        else
            _named[name] = (_named[name].Number, false);
    }
}
