namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>Which pair is chosen next: of those open, the one that was in conflict last (Biere and Froehlich
/// 2015, "Evaluating CDCL variable scoring schemes": variable move to front); those that never were come
/// after, in their order.</summary>
internal sealed class ChoiceQueue
{
    const int End = -1;
    const int Untroubled = -2;

    readonly int[] _before;
    readonly int[] _behind;
    readonly int[] _rank;
    int _front = End;
    int _look = End;
    int _lookUntroubled;
    int _highest;

    public ChoiceQueue(int pairs)
    {
        (_before, _behind, _rank) = (new int[pairs], new int[pairs], new int[pairs]);
        Array.Fill(_behind, Untroubled);
    }

    /// <summary>The next open pair, or -1.</summary>
    public int Next(byte[] chosen)
    {
        while (_look != End && chosen[_look] != 0)
            _look = _behind[_look];
        if (_look != End)
            return _look;
        while (_lookUntroubled < chosen.Length
            && (chosen[_lookUntroubled] != 0 || _behind[_lookUntroubled] != Untroubled))
            _lookUntroubled++;
        return _lookUntroubled < chosen.Length ? _lookUntroubled : End;
    }

    /// <summary>A pair, chosen at present, was in conflict.</summary>
    public void ToFront(int pair)
    {
        if (pair == _front)
            return;
        if (_behind[pair] != Untroubled)
            TakeOut(pair);
        (_before[pair], _behind[pair]) = (End, _front);
        if (_front != End)
            _before[_front] = pair;
        _front = pair;
        _rank[pair] = ++_highest;
    }

    /// <summary>A pair is open again.</summary>
    public void Reopen(int pair)
    {
        if (_behind[pair] == Untroubled)
            _lookUntroubled = Math.Min(_lookUntroubled, pair);
        else if (_look == End || _rank[pair] > _rank[_look])
            _look = pair;
    }

    /// <summary>The pairs that were in conflict, the last one first.</summary>
    public IEnumerable<int> Troubled()
    {
        for (var pair = _front; pair != End; pair = _behind[pair])
            yield return pair;
    }

    void TakeOut(int pair)
    {
        if (_look == pair)
            _look = _behind[pair];
        _behind[_before[pair]] = _behind[pair];
        if (_behind[pair] != End)
            _before[_behind[pair]] = _before[pair];
    }
}
