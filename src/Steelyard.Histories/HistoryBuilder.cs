namespace Steelyard.Histories;

/// <summary>
/// Records a history event by event, in order. One recorder for all worlds and all readers of files, so the
/// rules of a history (one open operation per process, no process after its Info) are checked in one place.
/// </summary>
public sealed class HistoryBuilder : IOperationRecorder
{
    const int FirstRows = 64;

    readonly List<OperationRow[]> _chunks = [];
    readonly List<string?> _texts = [null];
    readonly Dictionary<string, int> _textNumbers = new(StringComparer.Ordinal);
    readonly List<Value> _keys = [];
    readonly Dictionary<Value, int> _keyNumbers = [];
    readonly List<FaultEvent> _faults = [];
    readonly Dictionary<int, int> _openByProcess = [];
    readonly HashSet<int> _retired = [];
    readonly Dictionary<int, string> _processNames = [];
    readonly List<long> _recordedIndices = [];
    HistoryPhases _phases = HistoryPhases.None;
    long _notRecorded;
    int _count;
    int _position;

    /// <summary>How many events so far; the position of the next.</summary>
    public int EventCount => _position;

    /// <summary>How many operations were invoked so far.</summary>
    public int Count => _count;

    /// <summary>How many operations are open: invoked and not yet completed.</summary>
    public int OpenCount => _openByProcess.Count;

    /// <inheritdoc/>
    /// <returns>The operation's index, to complete it with.</returns>
    /// <exception cref="UserMistakeException">The process has an operation open, or ended Info
    /// before.</exception>
    public int Invoke(
        int process, string function, Value key, Value input, long timeNs = 0, long? intendedNs = null,
        string? node = null, OperationTraits traits = OperationTraits.None)
    {
        if (_openByProcess.TryGetValue(process, out var open))
            throw new UserMistakeException(
                $"process {process} invokes {function} while its {Text(open)} (operation"
                + $" {RecordedIndex(open)}) is still open; a process has one operation at a time");
        if (_retired.Contains(process))
            throw new UserMistakeException(
                $"process {process} invokes {function} after an operation of unknown outcome;"
                + " such a process is retired and a new one takes over");

        MakeRoom();
        ref var row = ref Row(_count);
        row.Process = process;
        row.Function = Intern(function);
        row.Key = InternKey(key);
        row.Input = input;
        row.InvokedNs = timeNs;
        row.IntendedNs = intendedNs ?? timeNs;
        row.Node = node is null ? 0 : Intern(node);
        row.Traits = traits;
        row.InvokedAt = _position++;
        row.CompletedAt = int.MaxValue;
        _openByProcess.Add(process, _count);
        return _count++;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The operation is not open (our bug, not the
    /// user's).</exception>
    /// <exception cref="UserMistakeException">It was never sent, and does not fail.</exception>
    public void Complete(int operation, Outcome outcome, Value output, long timeNs = 0, string? error = null)
    {
        ref var row = ref Row(operation);
        if (row.Traits.HasFlag(OperationTraits.Unsent) && outcome != Outcome.Fail)
            throw new UserMistakeException(
                $"operation {RecordedIndex(operation)} was never sent and ends {outcome}; expected a fail");
        if (outcome == Outcome.Open || !_openByProcess.Remove(row.Process, out var open) || open != operation)
            throw new InvalidOperationException(
                $"operation {operation} cannot complete as {outcome}: it is not open");
        row.Outcome = outcome;
        row.Output = output;
        row.CompletedNs = timeNs;
        row.CompletedAt = _position++;
        row.Error = error is null ? 0 : Intern(error);
        if (outcome == Outcome.Info)
            _retired.Add(row.Process);
    }

    /// <summary>Tells the index of the operation invoked last in the file that it comes from; see
    /// <see cref="Operation.RecordedIndex"/>. Without this it is the position of its invocation.</summary>
    /// <param name="index">The index, from 0.</param>
    public void Number(long index)
    {
        var last = _count - 1;
        // Mostly they are the positions, and nothing need be kept.
        if (_recordedIndices.Count == 0 && index == Row(last).InvokedAt)
            return;
        FillIndices(last);
        _recordedIndices.Add(index);
    }

    long RecordedIndex(int operation) =>
        operation < _recordedIndices.Count ? _recordedIndices[operation] : Row(operation).InvokedAt;

    void FillIndices(int end)
    {
        for (var i = _recordedIndices.Count; i < end; i++)
            _recordedIndices.Add(Row(i).InvokedAt);
    }

    /// <summary>The open operation of a process, or null.</summary>
    public int? OpenOperationOf(int process) =>
        _openByProcess.TryGetValue(process, out var open) ? open : null;

    /// <summary>What an operation was asked, by the index <see cref="Invoke"/> gave.</summary>
    public string FunctionOf(int operation) => Text(operation);

    /// <summary>Who invoked an operation, by the index <see cref="Invoke"/> gave.</summary>
    public int ProcessOf(int operation) => Row(operation).Process;

    /// <summary>The argument of an operation, by the index <see cref="Invoke"/> gave.</summary>
    public Value InputOf(int operation) => Row(operation).Input;

    /// <summary>The key of an operation, by the index <see cref="Invoke"/> gave.</summary>
    public Value KeyOf(int operation) => _keys[Row(operation).Key];

    /// <summary>Replaces the key and the argument of an open operation (for formats that tell them only at
    /// its end).</summary>
    public void Amend(int operation, Value key, Value input)
    {
        ref var row = ref Row(operation);
        row.Key = InternKey(key);
        row.Input = input;
    }

    /// <inheritdoc/>
    public void Add(FaultEvent fault) => _faults.Add(fault with { Position = _position++ });

    /// <inheritdoc/>
    /// <exception cref="UserMistakeException">It, or a later phase, has begun already.</exception>
    public void Mark(HistoryPhase phase, long timeNs)
    {
        for (var later = phase; later <= HistoryPhase.FinalReads; later++)
            if (_phases[later] is not null)
                throw new UserMistakeException($"the phase {phase} begins after {later} has begun");
        _phases = _phases.With(phase, new(_position++, timeNs));
    }

    /// <summary>Tells what a process is called where the history comes from.</summary>
    /// <param name="process">The process.</param>
    /// <param name="name">Its name, for people: nothing is judged by it.</param>
    public void Name(int process, string name) => _processNames[process] = name;

    /// <summary>Tells that operations took place that are not recorded; see
    /// <see cref="History.NotRecorded"/>.</summary>
    /// <param name="operations">How many more; 0 or above.</param>
    public void Miss(long operations) => _notRecorded += operations;

    /// <inheritdoc/>
    public void SetEffects(Func<int, bool?> hadEffect)
    {
        for (var i = 0; i < _faults.Count; i++)
            if (_faults[i].Fault >= 0)
                _faults[i] = _faults[i] with { HadEffect = hadEffect(_faults[i].Fault) };
    }

    /// <inheritdoc/>
    public History SoFar() => Of([.. _chunks.Select(chunk => (OperationRow[])chunk.Clone())]);

    /// <summary>The history so far. Operations still open stay Open. The builder must not be used
    /// afterwards.</summary>
    public History Build() => Of([.. _chunks]);

    History Of(OperationRow[][] chunks)
    {
        if (_recordedIndices.Count > 0)
            FillIndices(_count);
        return new(chunks, _count, [.. _texts], [.. _keys], [.. _faults], _position, _phases)
        {
            NotRecorded = _notRecorded,
            ProcessNames = _processNames,
            RecordedIndices = [.. _recordedIndices],
        };
    }

    // The first chunk grows with what it holds: most histories are small.
    void MakeRoom()
    {
        const int whole = 1 << History.ChunkBits;
        var place = _count & (whole - 1);
        if (place == 0)
            _chunks.Add(new OperationRow[_count == 0 ? FirstRows : whole]);
        else if (place == _chunks[^1].Length)
        {
            var larger = new OperationRow[place * 2];
            _chunks[^1].CopyTo(larger, 0);
            _chunks[^1] = larger;
        }
    }

    ref OperationRow Row(int index) =>
        ref _chunks[index >> History.ChunkBits][index & ((1 << History.ChunkBits) - 1)];

    string Text(int operation) => _texts[Row(operation).Function]!;

    int Intern(string text)
    {
        if (_textNumbers.TryGetValue(text, out var number))
            return number;
        number = _texts.Count;
        _texts.Add(text);
        _textNumbers.Add(text, number);
        return number;
    }

    int InternKey(Value key)
    {
        if (_keyNumbers.TryGetValue(key, out var number))
            return number;
        number = _keys.Count;
        _keys.Add(key);
        _keyNumbers.Add(key, number);
        return number;
    }
}
