namespace Steelyard.Analysis.Transactions.Weak;

/// <summary>A number for each key that one transaction, or one session, has touched; emptied in no
/// time.</summary>
internal sealed class KeyMarks(int keys)
{
    readonly int[] _rounds = new int[keys];
    readonly int[] _numbers = new int[keys];
    int _round = 1;

    /// <summary>Forgets all.</summary>
    public void Clear() => _round++;

    /// <summary>Marks a key.</summary>
    public void Set(int key, int number) => (_rounds[key], _numbers[key]) = (_round, number);

    public bool Has(int key) => _rounds[key] == _round;

    public bool TryGet(int key, out int number)
    {
        number = _numbers[key];
        return _rounds[key] == _round;
    }
}
