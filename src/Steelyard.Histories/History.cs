using System.Globalization;

namespace Steelyard.Histories;

/// <summary>
/// What clients saw, plus the faults: operations by invocation, fault events and the run's phases, on one
/// line of positions. Immutable; made by <see cref="HistoryBuilder"/>, read from files by
/// <c>Steelyard.Formats</c>, or written as text in tests with its <c>History.Parse</c>.
/// </summary>
public sealed class History
{
    // Rows live in chunks, so a million operations grow without ever copying or doubling.
    internal const int ChunkBits = 12;
    const int ChunkMask = (1 << ChunkBits) - 1;

    // Rows made of steps are made when asked for, and given back when memory runs low.
    const int MadeBits = 6;

    readonly OperationRow[][] _chunks;
    readonly WeakReference<OperationRow[]>?[] _made = [];
    readonly string?[] _texts;
    readonly Value[] _keys;

    internal History(
        OperationRow[][] chunks, int count, string?[] texts, Value[] keys, FaultEvent[] faults, int events,
        HistoryPhases phases)
    {
        _chunks = chunks;
        _texts = texts;
        _keys = keys;
        Count = count;
        Faults = faults;
        Phases = phases;
        EventCount = events;
    }

    internal History(TransactionSteps steps)
        : this([], steps.Count, [null, Functions.Txn], [Value.Nil], [], 2 * steps.Count, HistoryPhases.None)
    {
        Steps = steps;
        _made = new WeakReference<OperationRow[]>?[(steps.Count >> MadeBits) + 1];
    }

    /// <summary>How many operations.</summary>
    public int Count { get; }

    /// <summary>How many events: invocations, completions, fault events and marks of
    /// phases.</summary>
    public int EventCount { get; }

    /// <summary>The faults, in order.</summary>
    public IReadOnlyList<FaultEvent> Faults { get; }

    /// <summary>Where the phases of the run begin.</summary>
    public HistoryPhases Phases { get; }

    /// <summary>The operation at an index, by invocation.</summary>
    public Operation this[int index] =>
        (uint)index < (uint)Count ? new(this, index) : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>What processes are called where the history comes from, by number; those that are not here
    /// have no other name. Nothing is judged by names, and the hash leaves them out.</summary>
    public IReadOnlyDictionary<int, string> ProcessNames { get; internal init; } =
        new Dictionary<int, string>();

    /// <summary>The index of each operation in its file, where those are not the positions of their
    /// invocations; else empty.</summary>
    internal IReadOnlyList<long> RecordedIndices { get; init; } = [];

    /// <summary>How many operations took place and are not here, since their recorder could not keep up. A
    /// read may then see what nobody here wrote, and what was lost may be what breaks a promise: no judge may
    /// decide anything. Usually 0.</summary>
    public long NotRecorded { get; internal init; }

    /// <summary>
    /// False when the recording tells nothing but the order of each process's own operations: positions of
    /// operations of different processes then mean nothing, and no judge may take them for real time.
    /// </summary>
    public bool TellsRealTime => Steps is null;

    /// <summary>The same operations as columns of steps, where the recording was of such; null
    /// otherwise.</summary>
    public TransactionSteps? Steps { get; }

    /// <summary>All operations by invocation.</summary>
    public IEnumerable<Operation> Operations
    {
        get
        {
            for (var i = 0; i < Count; i++)
                yield return new(this, i);
        }
    }

    /// <summary>Distinct keys, in order of first use; nil stands for "no key".</summary>
    public IReadOnlyList<Value> Keys => _keys;

    /// <summary>The place of an operation's key in <see cref="Keys"/>: cheap grouping by key.</summary>
    public int KeyNumber(int index) => Row(index).Key;

    /// <summary>
    /// The hash of the whole history: every event in order, with its time, process, payload and outcome.
    /// The same in every process and on every machine.
    /// </summary>
    public ulong Hash => HistoryHash.Of(this);

    internal ref readonly OperationRow Row(int index)
    {
        if (Steps is null)
            return ref _chunks[index >> ChunkBits][index & ChunkMask];
        return ref Made(index >> MadeBits)[index & ((1 << MadeBits) - 1)];
    }

    /// <summary>What a process is called: its name, or else its number.</summary>
    public string ProcessName(int process) => ProcessNames.TryGetValue(process, out var name)
        ? name
        : process.ToString(CultureInfo.InvariantCulture);

    internal long RecordedIndex(int index) => Steps is not null ? index
        : RecordedIndices.Count > 0 ? RecordedIndices[index] : Row(index).InvokedAt;

    internal string? Text(int number) => _texts[number];

    internal Value Key(int number) => _keys[number];

    OperationRow[] Made(int chunk)
    {
        if (_made[chunk] is { } kept && kept.TryGetTarget(out var rows))
            return rows;
        rows = new OperationRow[Math.Min(1 << MadeBits, Count - (chunk << MadeBits))];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = RowOf((chunk << MadeBits) + i);
        _made[chunk] = new(rows);
        return rows;
    }

    // One after another in the order of the file: a process's own order is all that counts.
    OperationRow RowOf(int transaction) => new()
    {
        Process = Steps!.Process(transaction),
        Function = 1,
        Input = Steps.Listed(transaction, isKnown: false),
        Output = Steps.OutcomeOf(transaction) == Outcome.Ok ? Steps.Listed(transaction, isKnown: true)
            : Value.Nil,
        Outcome = Steps.OutcomeOf(transaction),
        InvokedAt = 2 * transaction,
        CompletedAt = (2 * transaction) + 1,
    };
}
