using System.Runtime.CompilerServices;
using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions.Weak;

/// <summary>
/// A history as weak isolation sees it (Biswas and Enea 2019, section 2): of each transaction its session,
/// the keys it wrote, and its reads of what others wrote, in order. The transaction that left the first state
/// has the number <see cref="Initial"/>.
/// </summary>
internal sealed class WeakView
{
    readonly TransactionColumns _columns;
    readonly KeyMarks _own;
    int _reads;
    int _writes;

    WeakView(TransactionColumns columns)
    {
        _columns = columns;
        _own = new(columns.KeyCount);
        var (reads, writes) = CountSteps(columns);
        FirstRead = new int[columns.Count + 1];
        FirstWrite = new int[columns.Count + 1];
        (ReadKeys, ReadFrom, WriteKeys) = (new int[reads], new int[reads], new int[writes]);
        (Session, Place, Previous) = (new int[columns.Count], new int[columns.Count], new int[columns.Count]);
    }

    public int Count => _columns.Count;

    public int Initial => Count;

    public int KeyCount => _columns.KeyCount;

    public TransactionColumns Columns => _columns;

    /// <summary>False when a transaction read what no level allows: an aborted, an intermediate or a future
    /// write, what nobody wrote, or not its own write.</summary>
    public bool IsSound { get; private set; } = true;

    /// <summary>False when every transaction is a session of its own.</summary>
    public bool HasSessions { get; private set; }

    public int SessionCount { get; private set; }

    public int[] Session { get; }

    /// <summary>The place of each transaction in its session.</summary>
    public int[] Place { get; }

    /// <summary>The transaction before in its session, or -1.</summary>
    public int[] Previous { get; }

    /// <summary>The first read of each transaction in <see cref="ReadKeys"/>.</summary>
    public int[] FirstRead { get; }

    public int[] ReadKeys { get; }

    /// <summary>The transaction that wrote what was read.</summary>
    public int[] ReadFrom { get; }

    /// <summary>The first of each transaction's written keys in <see cref="WriteKeys"/>; each key
    /// stands there once.</summary>
    public int[] FirstWrite { get; }

    public int[] WriteKeys { get; }

    /// <summary>Reads the columns.</summary>
    /// <param name="columns">The transactions.</param>
    /// <param name="isIntermediate">The versions that their transaction overwrote itself.</param>
    /// <param name="withSessions">False leaves the order of processes out: each transaction is a session of
    /// its own.</param>
    public static WeakView Of(TransactionColumns columns, bool[] isIntermediate, bool withSessions)
    {
        var view = new WeakView(columns);
        for (var transaction = 0; transaction < columns.Count; transaction++)
        {
            view.FirstRead[transaction] = view._reads;
            view.FirstWrite[transaction] = view._writes;
            if (columns.Counts(transaction))
                view.AddSteps(transaction, isIntermediate);
        }

        view.FirstRead[columns.Count] = view._reads;
        view.FirstWrite[columns.Count] = view._writes;
        view.AddSessions(withSessions);
        return view;
    }

    public ReadOnlySpan<int> Writes(int transaction) => transaction == Initial ? [] : new(
        WriteKeys, FirstWrite[transaction], FirstWrite[transaction + 1] - FirstWrite[transaction]);

    static (int Reads, int Writes) CountSteps(TransactionColumns columns)
    {
        var writes = 0;
        for (var step = 0; step < columns.Kinds.Count; step++)
            writes += columns.Kinds[step] == StepKind.Write ? 1 : 0;
        return (columns.Kinds.Count - writes, writes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void AddSteps(int transaction, bool[] isIntermediate)
    {
        _own.Clear();
        var isOk = _columns.Outcomes[transaction] == Outcome.Ok;
        for (var step = _columns.FirstSteps[transaction]; step < _columns.StepsEnd(transaction); step++)
        {
            var key = _columns.StepKeys[step];
            if (_columns.Kinds[step] == StepKind.Write)
            {
                if (!_own.Has(key))
                    WriteKeys[_writes++] = key;
                _own.Set(key, _columns.StepVersions[step]);
            }
            else if (_columns.Kinds[step] == StepKind.Read && isOk)
            {
                var version = _columns.VersionRead(step);
                if (_own.TryGet(key, out var own))
                    IsSound &= own == version;
                else
                    AddRead(transaction, key, version, isIntermediate);
            }
        }
    }

    void AddRead(int reader, int key, int version, bool[] isIntermediate)
    {
        var writer = version < 0 ? Initial : _columns.Writers[version];
        if (writer < 0)
        {
            // It may have stood there before the recording began; where nil is told, it cannot.
            IsSound &= _columns.History.TellsRealTime;
            return;
        }

        var isSound = version < 0
            || (writer != reader && _columns.Counts(writer) && !isIntermediate[version]);
        IsSound &= isSound;
        if (writer == reader || (version >= 0 && !_columns.Counts(writer)))
            return;
        (ReadKeys[_reads], ReadFrom[_reads]) = (key, writer);
        _reads++;
    }

    void AddSessions(bool withSessions)
    {
        HasSessions = withSessions;
        var numbers = new Dictionary<int, int>();
        var last = new List<int>();
        for (var transaction = 0; transaction < Count; transaction++)
        {
            Previous[transaction] = -1;
            if (!withSessions)
            {
                Session[transaction] = SessionCount++;
                continue;
            }

            var process = _columns.Processes[transaction];
            if (!numbers.TryGetValue(process, out var session))
            {
                numbers.Add(process, session = SessionCount++);
                last.Add(-1);
            }

            Session[transaction] = session;
            // What failed stands in no order.
            if (!_columns.Counts(transaction))
                continue;
            Previous[transaction] = last[session];
            Place[transaction] = last[session] < 0 ? 0 : Place[last[session]] + 1;
            last[session] = transaction;
        }
    }
}
