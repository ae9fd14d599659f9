namespace Steelyard.Analysis.Linearizability.Registers;

/// <summary>
/// Whether the operations of a register have an order that fits real time in which every read returns one of
/// the last two writes before it: LBT, limited backtracking (Golab, Li, López-Ortiz &amp; Nishimura 2015,
/// "Computing k-atomicity in polynomial time", section 4; Golab, Li &amp; Shah 2011). The order is made from
/// its end. Once a write stands last, reads that began after it must return it or one other write, which must
/// then stand before it, and so on: an epoch. Only the choice at the start of an epoch is ever taken back.
/// </summary>
/// <remarks>
/// O(n log n + c·n) for n operations of which c writes are concurrent: attempts are cut off at a length that
/// doubles until one of them ends. A write counts as over when the first of its readers is.
/// </remarks>
internal sealed class TwoAtomicity
{
    const int FirstCut = 16;
    const int None = -1;
    const int Two = -2;

    readonly RegisterOperation[] _writes;
    readonly RegisterOperation[] _reads;
    readonly Dictionary<int, int> _numbers = [];
    readonly int[] _finish;
    readonly int[] _writeOfRead;
    readonly int[][] _readsOf;
    readonly Chain _byStart;
    readonly Chain _byFinish;
    readonly Chain _readsByStart;

    // What an attempt took out, in order: writes as they are, reads as complements.
    readonly List<int> _taken = [];

    /// <param name="operations">Reads and writes by invocation, the initial value first; pending writes that
    /// nobody read must not be among them.</param>
    public TwoAtomicity(IReadOnlyList<RegisterOperation> operations)
    {
        _writes = [.. operations.Where(o => o.IsWrite)];
        _reads = [.. operations.Where(o => !o.IsWrite)];
        for (var write = 0; write < _writes.Length; write++)
            _numbers.Add(_writes[write].Operation, write);
        _finish = [.. _writes.Select(write => write.Finish)];
        _writeOfRead = new int[_reads.Length];
        var readsOf = new List<int>[_writes.Length];
        for (var read = 0; read < _reads.Length; read++)
        {
            var write = _writeOfRead[read] = _numbers[_reads[read].Version];
            _finish[write] = Math.Min(_finish[write], _reads[read].Finish);
            (readsOf[write] ??= []).Add(read);
        }

        _readsOf = [.. readsOf.Select(reads => reads is null ? [] : reads.ToArray())];
        var places = Enumerable.Range(0, _writes.Length).ToArray();
        _byStart = new(places);
        _readsByStart = new([.. Enumerable.Range(0, _reads.Length)]);
        Array.Sort([.. _finish], places);
        _byFinish = new(places);
    }

    /// <summary>True when there is such an order.</summary>
    public bool Holds()
    {
        while (_byStart.Last >= 0)
            if (!TakeEpoch())
                return false;
        return true;
    }

    /// <summary>After a failure: whether an operation was still to be placed. These alone contradict each
    /// other.</summary>
    public bool IsLeft(int version) => _byStart.Holds(_numbers[version]);

    bool TakeEpoch()
    {
        var candidates = new List<int>();
        var last = _writes[_byStart.Last].Start;
        for (var write = _byFinish.Last; write >= 0 && _finish[write] > last; write = _byFinish.Before(write))
            candidates.Add(write);
        for (var cut = FirstCut; candidates.Count > 0; cut = cut > int.MaxValue / 2 ? int.MaxValue : cut * 2)
        {
            var hopeless = new List<int>();
            foreach (var candidate in candidates)
            {
                var end = Attempt(candidate, cut);
                if (end == true)
                    return true;
                if (end == false)
                    hopeless.Add(candidate);
            }

            candidates.RemoveAll(hopeless.Contains);
        }

        return false;
    }

    // True when the epoch ended well, false when it cannot, null when it was cut off.
    bool? Attempt(int write, int cut)
    {
        _taken.Clear();
        for (var next = write; ;)
        {
            TakeWrite(next);
            if (_byStart.Last >= 0 && _finish[next] < _writes[_byStart.Last].Start)
                return Undo(false);
            var before = TakeReadsAfter(next);
            if (before == None)
                return true;
            if (before == Two)
                return Undo(false);
            if (_taken.Count > cut)
                return Undo(null);
            next = before;
        }
    }

    // The other write that reads after this one returned: None, or Two when there are several.
    int TakeReadsAfter(int write)
    {
        var other = None;
        while (_readsByStart.Last is >= 0 and var read && _reads[read].Start > _finish[write])
        {
            if (_writeOfRead[read] != write)
            {
                if (other != None && other != _writeOfRead[read])
                    return Two;
                other = _writeOfRead[read];
            }

            TakeRead(read);
        }

        foreach (var read in _readsOf[write])
            if (_readsByStart.Holds(read))
                TakeRead(read);
        return other;
    }

    void TakeWrite(int write)
    {
        _byStart.Remove(write);
        _byFinish.Remove(write);
        _taken.Add(write);
    }

    void TakeRead(int read)
    {
        _readsByStart.Remove(read);
        _taken.Add(~read);
    }

    bool? Undo(bool? answer)
    {
        for (var at = _taken.Count - 1; at >= 0; at--)
            if (_taken[at] < 0)
            {
                _readsByStart.PutBack(~_taken[at]);
            }
            else
            {
                _byFinish.PutBack(_taken[at]);
                _byStart.PutBack(_taken[at]);
            }

        return answer;
    }

    // A list with two-way links: what was taken out last goes back where it was (Knuth 2000, dancing links).
    sealed class Chain
    {
        readonly int[] _before;
        readonly int[] _after;
        readonly bool[] _out;

        public Chain(int[] order)
        {
            _before = new int[order.Length];
            _after = new int[order.Length];
            _out = new bool[order.Length];
            for (var i = 0; i < order.Length; i++)
            {
                _before[order[i]] = i > 0 ? order[i - 1] : None;
                _after[order[i]] = i + 1 < order.Length ? order[i + 1] : None;
            }

            Last = order.Length > 0 ? order[^1] : None;
        }

        public int Last { get; private set; }

        public int Before(int item) => _before[item];

        public bool Holds(int item) => !_out[item];

        public void Remove(int item)
        {
            Link(_before[item], _after[item]);
            _out[item] = true;
        }

        public void PutBack(int item)
        {
            _out[item] = false;
            if (_before[item] >= 0)
                _after[_before[item]] = item;
            if (_after[item] >= 0)
                _before[_after[item]] = item;
            else
                Last = item;
        }

        void Link(int before, int after)
        {
            if (before >= 0)
                _after[before] = after;
            if (after >= 0)
                _before[after] = before;
            else
                Last = before;
        }
    }
}
