namespace Steelyard.Analysis.Transactions.Weak;

/// <summary>Tells in constant time whether a transaction wrote a key: short lists are looked through, longer
/// ones stand in one open table.</summary>
internal sealed class WriteSets
{
    const int Short = 16;

    readonly WeakView _view;
    readonly long[] _slots;

    public WriteSets(WeakView view)
    {
        _view = view;
        var count = 0;
        for (var transaction = 0; transaction < view.Count; transaction++)
            count += IsLong(transaction) ? view.Writes(transaction).Length : 0;
        _slots = new long[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(2 * count) + 1)];
        for (var transaction = 0; transaction < view.Count; transaction++)
            if (IsLong(transaction))
                foreach (var key in view.Writes(transaction))
                    _slots[Slot(transaction, key)] = Entry(transaction, key);
    }

    public bool Has(int transaction, int key) => IsLong(transaction)
        ? _slots[Slot(transaction, key)] != 0
        : _view.Writes(transaction).Contains(key);

    bool IsLong(int transaction) => _view.Writes(transaction).Length > Short;

    static long Entry(int transaction, int key) => ((long)(transaction + 1) << 32) | (uint)key;

    // Where the entry stands, or where it would.
    int Slot(int transaction, int key)
    {
        var (entry, mask) = (Entry(transaction, key), _slots.Length - 1);
        var slot = (int)(((ulong)entry * 0x9E3779B97F4A7C15UL) >> 33) & mask;
        while (_slots[slot] != 0 && _slots[slot] != entry)
            slot = (slot + 1) & mask;
        return slot;
    }
}
