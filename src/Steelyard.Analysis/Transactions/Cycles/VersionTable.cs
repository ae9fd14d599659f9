using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions.Cycles;

/// <summary>
/// Numbers versions (key, value) in order of first appearance. Nearly all values are integers, and these cost
/// one probe of an open table; all others go through a dictionary.
/// </summary>
internal sealed class VersionTable
{
    readonly Dictionary<(int Key, Value Value), int> _others = [];
    readonly GrowingColumn<Value> _values = new();
    readonly GrowingColumn<int> _keys = new();
    int[] _slots = new int[1024];

    public int Count => _values.Count;

    public Value Value(int version) => _values[version];

    public int Key(int version) => _keys[version];

    public int Number(int key, Value value)
    {
        if (value.IsInteger)
            return NumberOfInteger(key, value.AsInteger);
        if (_others.TryGetValue((key, value), out var number))
            return number;
        _others.Add((key, value), Count);
        return Add(key, value);
    }

    int NumberOfInteger(int key, long value)
    {
        var mask = _slots.Length - 1;
        for (var slot = Slot(key, value) & mask; ; slot = (slot + 1) & mask)
        {
            var held = _slots[slot] - 1;
            if (held < 0)
            {
                _slots[slot] = Count + 1;
                var added = Add(key, value);
                if (Count * 2 > _slots.Length)
                    Grow();
                return added;
            }

            if (_keys[held] == key && _values[held].AsInteger == value)
                return held;
        }
    }

    int Add(int key, Value value)
    {
        _keys.Add(key);
        _values.Add(value);
        return Count - 1;
    }

    void Grow()
    {
        _slots = new int[_slots.Length * 4];
        var mask = _slots.Length - 1;
        for (var version = 0; version < Count; version++)
        {
            if (!_values[version].IsInteger)
                continue;
            var slot = Slot(_keys[version], _values[version].AsInteger) & mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;
            _slots[slot] = version + 1;
        }
    }

    // Consecutive values of one key stand side by side: they are asked for one after another.
    static int Slot(int key, long value) =>
        (int)(((ulong)(uint)key * 0x9E3779B97F4A7C15UL) >> 20) + (int)value;
}
