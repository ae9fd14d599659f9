using System.Runtime.CompilerServices;

namespace Steelyard.Histories;

/// <summary>Numbers pairs (key, value) in order of first appearance: one probe of an open table
/// each.</summary>
internal sealed class VersionNumbers
{
    readonly Column<int> _keys = new();
    readonly Column<long> _values = new();
    int[] _slots = new int[64];

    public int Count => _keys.Count;

    public int Key(int version) => _keys[version];

    public long Value(int version) => _values[version];

    // A file is read once: code that is made fast only after a while comes too late.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Number(int key, long value)
    {
        var mask = _slots.Length - 1;
        for (var slot = Slot(key, value) & mask; ; slot = (slot + 1) & mask)
        {
            var held = _slots[slot] - 1;
            if (held < 0)
                return Add(slot, key, value);
            if (_keys[held] == key && _values[held] == value)
                return held;
        }
    }

    /// <summary>Gives the table back; no number is asked for afterwards.</summary>
    public void Close() => _slots = [];

    int Add(int slot, int key, long value)
    {
        _keys.Add(key);
        _values.Add(value);
        _slots[slot] = Count;
        if (Count * 2L > _slots.Length)
            Grow();
        return Count - 1;
    }

    void Grow()
    {
        _slots = new int[_slots.Length * 2];
        var mask = _slots.Length - 1;
        for (var version = 0; version < Count; version++)
        {
            var slot = Slot(_keys[version], _values[version]) & mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;
            _slots[slot] = version + 1;
        }
    }

    // Consecutive values of one key stand side by side: they are asked for one after another.
    static int Slot(int key, long value) =>
        (int)((((ulong)(uint)key * 0x9E3779B97F4A7C15UL) >> 20) + (ulong)value
            + ((ulong)value >> 32) * 0x9E3779B97F4A7C15UL);
}
