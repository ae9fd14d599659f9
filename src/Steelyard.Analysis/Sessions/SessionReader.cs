using Steelyard.Analysis.Models;
using Steelyard.Analysis.Shapes;
using Steelyard.Histories;

namespace Steelyard.Analysis.Sessions;

/// <summary>
/// Reads a history of registers or plain kv into <see cref="SessionColumns"/>. Which write a read saw must be
/// known by its value: what is read was written once (Bouajjani et al. 2017, section 4, differentiated
/// histories); values that nobody read may repeat, as nothing depends on them.
/// </summary>
internal sealed class SessionReader
{
    readonly History _history;
    readonly Value _initial;
    readonly Dictionary<(int Key, Value Value), int> _writers = [];
    readonly HashSet<(int Key, Value Value)> _twice = [];
    readonly bool[] _happened;

    // For each pending operation that happened the one that read it.
    readonly Dictionary<int, int> _readBy = [];
    readonly int[] _reads;

    SessionReader(History history, Value initial)
    {
        (_history, _initial) = (history, initial);
        _happened = new bool[history.Count];
        _reads = new int[history.Count];
        Array.Fill(_reads, SessionColumns.NoRead);
    }

    /// <summary>The columns; meaningless where <see cref="Undecidable"/> or <see cref="ThinAir"/> is
    /// set.</summary>
    public SessionColumns Columns { get; private set; } = null!;

    /// <summary>Why nothing can be said of the history, or null.</summary>
    public string? Undecidable { get; private set; }

    /// <summary>A read of a value that nobody wrote, or null.</summary>
    public Anomaly? ThinAir { get; private set; }

    /// <summary>How many reads there were.</summary>
    public int Reads { get; private set; }

    /// <summary>Reads a history.</summary>
    /// <param name="history">The history.</param>
    /// <param name="initial">What each key holds at first (<see cref="InitialValues"/>).</param>
    /// <exception cref="UserMistakeException">An operation is neither read nor write.</exception>
    public static SessionReader Of(History history, Value initial)
    {
        RegisterShapes.All.MustFit(history);
        var reader = new SessionReader(history, initial);
        for (var i = 0; i < history.Count; i++)
            reader.TakeWrite(history[i]);
        for (var i = 0; i < history.Count && reader.IsClear; i++)
            if (history[i].Outcome == Outcome.Ok && history[i].Function != Functions.ReplicaState)
                reader.MarkHappened(i);
        if (reader.IsClear)
            reader.Columns = reader.Build();
        return reader;
    }

    /// <summary>Operations, and those that show that the pending ones among them happened: who read
    /// them.</summary>
    public int[] WithProof(IEnumerable<int> operations)
    {
        var all = new SortedSet<int>(operations);
        foreach (var operation in all.ToArray())
            for (var at = operation; _history[at].Outcome != Outcome.Ok; all.Add(at))
                at = _readBy[at];
        return [.. all];
    }

    bool IsClear => Undecidable is null && ThinAir is null;

    static bool IsReader(Operation operation) =>
        operation.Function is Functions.Read or Functions.Get or Functions.Cas;

    /// <summary>The value a read returned or a cas expected, the initial one as nil.</summary>
    static Value ValueRead(Operation operation) => operation.Function switch
    {
        Functions.Cas => operation.Input.AsList[0],
        Functions.Get => Text(operation.Output.Sole()),
        _ => operation.Output.Sole(),
    };

    static Value ValueWritten(Operation operation) => operation.Function switch
    {
        Functions.Cas => operation.Input.AsList[1],
        Functions.Put => Text(operation.Input),
        Functions.Delete => Value.Nil,
        _ => operation.Input,
    };

    // A map's key that was never put holds the empty text.
    static Value Text(Value value) => value == "" ? Value.Nil : value;

    void TakeWrite(Operation operation)
    {
        switch (operation.Function)
        {
            case Functions.Write or Functions.Put or Functions.Cas or Functions.Delete
                when operation.MayHaveHappened:
                var written = (_history.KeyNumber(operation.Index), ValueWritten(operation));
                if (!_writers.TryAdd(written, operation.Index))
                    _twice.Add(written);
                break;
            case Functions.Append when operation.MayHaveHappened:
                Undecidable ??=
                    $"operation {operation.RecordedIndex} is an append; a text that grew does not name"
                    + " one write";
                break;
            case Functions.Read or Functions.Get or Functions.Write or Functions.Put or Functions.Cas
                or Functions.Delete or Functions.Append or Functions.ReplicaState:
                break;
            default:
                throw OperationShapes.Mistake(
                    operation, isCompletion: false,
                    $"expected read, write, get, put, cas or delete, found \"{operation.Function}\"");
        }
    }

    // A pending write happened if a completed operation read it, or a pending cas that happened did.
    void MarkHappened(int index)
    {
        while (index >= 0 && !_happened[index])
        {
            _happened[index] = true;
            if (!IsReader(_history[index]))
                return;
            var writer = _reads[index] = WriterRead(_history[index]);
            if (writer >= 0 && !_happened[writer])
                _readBy[writer] = index;
            index = writer;
        }
    }

    int WriterRead(Operation operation)
    {
        Reads++;
        var value = ValueRead(operation);
        var seen = (_history.KeyNumber(operation.Index), value);
        var isInitial = value == InitialValues.Of(_initial, operation.Key);
        if (!_writers.TryGetValue(seen, out var writer))
        {
            if (value.Kind == ValueKind.List && value.AsList.Length > 1)
                Undecidable ??= $"operation {operation.RecordedIndex} read several values at once";
            else if (!isInitial)
                ThinAir ??= new(
                    "ThinAirRead", $"{Reader(operation, value)}, which nobody wrote",
                    WithProof([operation.Index]));
            return SessionColumns.InitialVersion;
        }

        if (isInitial || _twice.Contains(seen))
            Undecidable ??= $"operation {operation.RecordedIndex} read {value}, which operation"
                + $" {_history[writer].RecordedIndex} wrote and"
                + $" {(isInitial ? "which stood there at first" : "another wrote as well")}; versions must"
                + " be told apart by their values";
        return writer;
    }

    static string Reader(Operation operation, Value value) =>
        $"process {operation.ProcessName} read {value} from {SessionFinding.Named(operation.Key)}";

    SessionColumns Build()
    {
        var (kept, node) = (new List<int>(), new int[_history.Count]);
        for (var i = 0; i < _history.Count; i++)
        {
            node[i] = kept.Count;
            if (_happened[i])
                kept.Add(i);
        }

        return new(
            [.. kept],
            [.. kept.Select(i => _history[i].Process)],
            [.. kept.Select(_history.KeyNumber)],
            [.. kept.Select(i => _reads[i] >= 0 ? node[_reads[i]] : _reads[i])],
            [.. kept.Select(i => _history[i].Function is not (Functions.Read or Functions.Get))]);
    }
}
