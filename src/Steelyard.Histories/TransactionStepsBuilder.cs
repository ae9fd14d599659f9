using System.Runtime.CompilerServices;

namespace Steelyard.Histories;

/// <summary>Gathers the steps of transactions that only their sessions put in order.</summary>
internal sealed class TransactionStepsBuilder
{
    readonly Column<int> _processes = new();
    readonly HashSet<int> _aborted = [];
    readonly Column<int> _transactions = new();
    readonly Column<int> _keysAndKinds = new();
    readonly Column<int> _versions = new();
    readonly VersionNumbers _numbers = new();
    readonly VersionNumbers _keys = new();
    bool _isInOrder = true;

    /// <summary>How many transactions there are so far.</summary>
    public int Count => _processes.Count;

    /// <summary>Begins a transaction.</summary>
    /// <returns>Its number, to add steps to.</returns>
    public int Begin(int process)
    {
        _processes.Add(process);
        return Count - 1;
    }

    /// <summary>Begins a transaction that was aborted: what it writes must not be seen.</summary>
    public int BeginAborted(int process)
    {
        _aborted.Add(Count);
        return Begin(process);
    }

    /// <summary>Adds a step to the end of a transaction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int transaction, bool isWrite, long key, long value)
    {
        _isInOrder &= _transactions.Count == 0 || _transactions[_transactions.Count - 1] <= transaction;
        var number = _keys.Number(0, key);
        _transactions.Add(transaction);
        _keysAndKinds.Add((number << 1) | (isWrite ? 1 : 0));
        _versions.Add(_numbers.Number(number, value));
    }

    /// <summary>The history. A zero that nobody wrote is what stood there at first.</summary>
    public History Build()
    {
        _numbers.Close();
        var keys = new long[_keys.Count];
        for (var key = 0; key < keys.Length; key++)
            keys[key] = _keys.Value(key);
        NameTheFirst();
        var (first, keysAndKinds, versions) = (FirstSteps(), _keysAndKinds, _versions);
        if (!_isInOrder)
            (keysAndKinds, versions) = Sorted(first);
        return new(
            new TransactionSteps(_processes, _aborted, first, keysAndKinds, versions, _numbers, keys));
    }

    void NameTheFirst()
    {
        var isWritten = new bool[_numbers.Count];
        for (var step = 0; step < _versions.Count; step++)
            if ((_keysAndKinds[step] & 1) != 0)
                isWritten[_versions[step]] = true;
        for (var step = 0; step < _versions.Count; step++)
            if (_numbers.Value(_versions[step]) == 0 && !isWritten[_versions[step]])
                _versions[step] = -1;
    }

    Column<int> FirstSteps()
    {
        var counts = new int[Count + 1];
        for (var step = 0; step < _transactions.Count; step++)
            counts[_transactions[step] + 1]++;
        var first = new Column<int>();
        for (var (transaction, at) = (0, 0); transaction < Count; transaction++)
            first.Add(at += counts[transaction]);
        return first;
    }

    // Lines of several transactions may stand mixed; a counting sort puts them side by side.
    (Column<int> KeysAndKinds, Column<int> Versions) Sorted(Column<int> first)
    {
        var (keysAndKinds, versions) = (new Column<int>(), new Column<int>());
        for (var step = 0; step < _versions.Count; step++)
        {
            keysAndKinds.Add(0);
            versions.Add(0);
        }

        var next = new int[Count];
        for (var step = 0; step < _versions.Count; step++)
        {
            var place = first[_transactions[step]] + next[_transactions[step]]++;
            (keysAndKinds[place], versions[place]) = (_keysAndKinds[step], _versions[step]);
        }

        return (keysAndKinds, versions);
    }
}
