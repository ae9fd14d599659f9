using Steelyard.Analysis.Transactions.Cycles;
using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions;

/// <summary>What one step of a transaction does.</summary>
internal enum StepKind : byte
{
    /// <summary>A read whose result is not known: its transaction did not end Ok.</summary>
    UnknownRead,

    /// <summary>A read with its result.</summary>
    Read,

    /// <summary>An append to a list, or a write of a register.</summary>
    Write,
}

/// <summary>
/// The transactions of a history as columns of integers: transaction, key and version are numbers in order of
/// first appearance. A version is a value written to a key, or read from it.
/// </summary>
internal sealed class TransactionColumns
{
    readonly List<Value> _keys = [];
    readonly Dictionary<Value, int> _keyNumbers = [];
    readonly VersionTable _versions = new();

    readonly TransactionSteps? _numbered;

    // Null while nothing is left out.
    bool[]? _unseen;

    /// <summary>Empty columns.</summary>
    /// <param name="history">The history they are of.</param>
    /// <param name="numbered">Where keys and versions have their numbers from; null numbers them
    /// here.</param>
    public TransactionColumns(History history, TransactionSteps? numbered = null)
    {
        History = history;
        _numbered = numbered;
    }

    public History History { get; }

    /// <summary>What the process of a transaction is called.</summary>
    public string ProcessName(int transaction) => History.ProcessName(Processes[transaction]);

    /// <summary>How many transactions.</summary>
    public int Count => Operations.Count;

    public int KeyCount => _numbered?.KeyCount ?? _keys.Count;

    public int VersionCount => _numbered?.VersionCount ?? _versions.Count;

    /// <summary>The operation of each transaction.</summary>
    public GrowingColumn<int> Operations { get; } = new();

    public GrowingColumn<Outcome> Outcomes { get; } = new();

    /// <summary>Who did each transaction.</summary>
    public GrowingColumn<int> Processes { get; } = new();

    /// <summary>The first step of each transaction; a transaction's steps end where the next one's
    /// begin.</summary>
    public GrowingColumn<int> FirstSteps { get; } = new();

    public GrowingColumn<StepKind> Kinds { get; } = new();

    public GrowingColumn<int> StepKeys { get; } = new();

    /// <summary>The version a step wrote, or read from a register (-1: nil); the place in
    /// <see cref="Elements"/> where the list begins that a step read.</summary>
    public GrowingColumn<int> StepVersions { get; } = new();

    /// <summary>The length of the list a step read; empty for registers.</summary>
    public GrowingColumn<int> StepLengths { get; } = new();

    /// <summary>The elements of all lists read, as versions.</summary>
    public GrowingColumn<int> Elements { get; } = new();

    /// <summary>The transaction that wrote each version, or -1.</summary>
    public GrowingColumn<int> Writers { get; } = new();

    /// <summary>Begins a transaction; its steps follow.</summary>
    public void Begin(int operation, Outcome outcome, int process)
    {
        Operations.Add(operation);
        Outcomes.Add(outcome);
        Processes.Add(process);
        FirstSteps.Add(Kinds.Count);
    }

    /// <summary>The number of a key.</summary>
    public int KeyNumber(Value key)
    {
        if (_keyNumbers.TryGetValue(key, out var number))
            return number;
        _keyNumbers.Add(key, _keys.Count);
        _keys.Add(key);
        return _keys.Count - 1;
    }

    /// <summary>The number of a version.</summary>
    public int VersionNumber(int key, Value value)
    {
        var number = _versions.Number(key, value);
        if (number == Writers.Count)
            Writers.Add(-1);
        return number;
    }

    public Value Key(int number) => _numbered is null ? _keys[number] : _numbered.Key(number);

    public Value VersionValue(int version) =>
        _numbered is null ? _versions.Value(version) : _numbered.VersionValue(version);

    public int VersionKey(int version) => _numbered?.VersionKey(version) ?? _versions.Key(version);

    public int StepsEnd(int transaction) =>
        transaction + 1 < Count ? FirstSteps[transaction + 1] : Kinds.Count;

    /// <summary>A transaction as sentences call it.</summary>
    public string Name(int transaction)
    {
        if (!IsUnseen(transaction))
            return $"T{History[Operations[transaction]].RecordedIndex}";
        var version = StepVersions[FirstSteps[transaction]];
        return $"the unseen writer of {Key(VersionKey(version))} = {VersionValue(version)}";
    }

    /// <summary>True for one that stands in no recording: it wrote a value that was read.</summary>
    public bool IsUnseen(int transaction) => Operations[transaction] < 0;

    /// <summary>What was read, and nobody in the recording wrote; null where there is no such
    /// thing.</summary>
    public string? Unwritten { get; private set; }

    /// <summary>Gives each value that was read, and that nobody in the recording wrote, a writer of its own:
    /// of unknown time, and in no process. What contradicts every such writer contradicts them all.</summary>
    public void AddUnseenWriters()
    {
        for (int step = 0, end = Kinds.Count; step < end; step++)
        {
            if (Kinds[step] != StepKind.Read || StepVersions[step] < 0 || Writers[StepVersions[step]] >= 0)
                continue;
            var (key, version) = (StepKeys[step], StepVersions[step]);
            Unwritten ??=
                $"{Key(key)} = {VersionValue(version)} was read, and nobody in the recording wrote it";
            Writers[version] = Count;
            Begin(-1, Outcome.Info, int.MinValue + version);
            Kinds.Add(StepKind.Write);
            StepKeys.Add(key);
            StepVersions.Add(version);
        }
    }

    /// <summary>The transaction of a step.</summary>
    public int TransactionOf(int step)
    {
        var (low, high) = (0, Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (FirstSteps[middle] <= step)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    /// <summary>The list a step read.</summary>
    public ReadOnlySpan<int> ListRead(int step) => Elements.Span(StepVersions[step], StepLengths[step]);

    /// <summary>The last element of the list a step read, or -1 for the empty list.</summary>
    public int LastRead(int step) => StepLengths[step] == 0 ? -1 : ListRead(step)[^1];

    /// <summary>True when steps read and write lists.</summary>
    public bool HoldsLists => StepLengths.Count > 0;

    /// <summary>The version that a read saw: of a list the last element; -1 for nil and the empty
    /// list.</summary>
    public int VersionRead(int step) => HoldsLists ? LastRead(step) : StepVersions[step];

    /// <summary>False for what failed, and for what is of unknown outcome and nobody saw. The latter is left
    /// out: an order without it explains the history as if it never happened, and from an order with it it
    /// may be dropped.</summary>
    public bool Counts(int transaction) =>
        Outcomes[transaction] != Outcome.Fail && !(_unseen?[transaction] ?? false);

    /// <summary>Finds out which transactions of unknown outcome nobody saw, once all are read.</summary>
    public void LeaveOutUnseen()
    {
        for (var transaction = 0; transaction < Count; transaction++)
            if (Outcomes[transaction] is Outcome.Info or Outcome.Open)
                (_unseen ??= new bool[Count])[transaction] = true;
        if (_unseen is null)
            return;
        for (var step = 0; step < Kinds.Count; step++)
            if (!HoldsLists && Kinds[step] == StepKind.Read)
                Saw(StepVersions[step]);
        for (var element = 0; element < Elements.Count; element++)
            Saw(Elements[element]);
    }

    void Saw(int version)
    {
        if (version >= 0 && Writers[version] is >= 0 and var writer)
            _unseen![writer] = false;
    }
}

/// <summary>A growing column, read without a copy.</summary>
internal sealed class GrowingColumn<T>
{
    T[] _items = new T[64];

    public int Count { get; private set; }

    public ref T this[int index] => ref _items[index];

    public void Add(T item)
    {
        if (Count == _items.Length)
            Array.Resize(ref _items, Count * 2);
        _items[Count++] = item;
    }

    /// <summary>Makes room for so many, when that is known before.</summary>
    public void Reserve(int count)
    {
        if (count > _items.Length)
            Array.Resize(ref _items, count);
    }

    public ReadOnlySpan<T> Span(int start, int length) => _items.AsSpan(start, length);
}
