namespace Steelyard.Histories;

/// <summary>
/// The steps of transactions over registers with whole numbers, as columns: what a history recorded session
/// by session keeps instead of lists of values. Keys and versions (a value of a key) are numbers in order of
/// first appearance.
/// </summary>
public sealed class TransactionSteps
{
    readonly Column<int> _processes;
    readonly HashSet<int> _aborted;
    readonly Column<int> _first;
    readonly Column<int> _keysAndKinds;
    readonly Column<int> _versions;
    readonly VersionNumbers _numbers;
    readonly long[] _keys;

    internal TransactionSteps(
        Column<int> processes, HashSet<int> aborted, Column<int> first, Column<int> keysAndKinds,
        Column<int> versions, VersionNumbers numbers, long[] keys)
    {
        _processes = processes;
        _aborted = aborted;
        _first = first;
        _keysAndKinds = keysAndKinds;
        _versions = versions;
        _numbers = numbers;
        _keys = keys;
    }

    /// <summary>How many transactions; each is the operation of that index.</summary>
    public int Count => _processes.Count;

    /// <summary>How many steps.</summary>
    public int StepCount => _versions.Count;

    /// <summary>How many keys.</summary>
    public int KeyCount => _keys.Length;

    /// <summary>How many versions.</summary>
    public int VersionCount => _numbers.Count;

    /// <summary>Who did a transaction.</summary>
    public int Process(int transaction) => _processes[transaction];

    /// <summary>How a transaction ended: <see cref="Outcome.Ok"/>, or <see cref="Outcome.Fail"/> for an
    /// aborted one.</summary>
    public Outcome OutcomeOf(int transaction) =>
        _aborted.Count > 0 && _aborted.Contains(transaction) ? Outcome.Fail : Outcome.Ok;

    /// <summary>The first step of a transaction; that of <see cref="Count"/> is
    /// <see cref="StepCount"/>.</summary>
    public int FirstStep(int transaction) => transaction == Count ? StepCount : _first[transaction];

    /// <summary>True for a write, false for a read.</summary>
    public bool IsWrite(int step) => (_keysAndKinds[step] & 1) != 0;

    /// <summary>The number of a step's key.</summary>
    public int KeyOf(int step) => _keysAndKinds[step] >> 1;

    /// <summary>The version a step wrote or read; -1 for what stood there at first.</summary>
    public int VersionOf(int step) => _versions[step];

    /// <summary>A key by its number.</summary>
    public long Key(int number) => _keys[number];

    /// <summary>The key number of a version.</summary>
    public int VersionKey(int version) => _numbers.Key(version);

    /// <summary>The value of a version.</summary>
    public long VersionValue(int version) => _numbers.Value(version);

    /// <summary>A transaction's steps as other recordings tell them: <c>[[w, x, 1], [r, y, 2]]</c>.</summary>
    /// <param name="transaction">Which.</param>
    /// <param name="isKnown">False for the invocation, in which reads are nil.</param>
    internal Value Listed(int transaction, bool isKnown)
    {
        var (start, end) = (FirstStep(transaction), FirstStep(transaction + 1));
        var steps = new Value[end - start];
        for (var step = start; step < end; step++)
            steps[step - start] = Value.List(
                IsWrite(step) ? "w" : "r", Key(KeyOf(step)),
                VersionOf(step) >= 0 && (isKnown || IsWrite(step)) ? VersionValue(VersionOf(step))
                    : Value.Nil);
        return Value.List(steps);
    }
}
