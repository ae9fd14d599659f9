namespace Steelyard.Analysis.Linearizability.Sets;

/// <summary>One pass over the operations of an element of a set; see <see cref="SetElement"/>.</summary>
internal sealed class SetRun(SetOperation[] operations, bool[] weakened, bool isIn, List<int> order)
{
    readonly List<int>[] _watching = [[], []];
    readonly PriorityQueue<int, int>[] _changes = [new(), new()];
    readonly bool[] _happened = new bool[operations.Length];
    bool _isIn = isIn;

    /// <summary>An operation was invoked.</summary>
    public void Begin(int operation)
    {
        var (_, (sees, changes), _, returnedAt) = operations[operation];
        if (changes)
            _changes[At(sees)].Enqueue(operation, weakened[operation] ? int.MaxValue : returnedAt);
        else if (weakened[operation])
            return;
        else if (sees == _isIn)
            Happen(operation);
        else
            _watching[At(sees)].Add(operation);
    }

    /// <summary>An operation returns; false when it cannot have happened.</summary>
    public bool End(int operation)
    {
        if (_happened[operation])
            return true;
        if (operations[operation].Effect.Sees != _isIn && !Change())
            return false;
        // If it changes the state, it returns before all others that could.
        return _happened[operation] || Change();
    }

    bool Change()
    {
        if (!_changes[At(_isIn)].TryDequeue(out var operation, out _))
            return false;
        Happen(operation);
        _isIn = !_isIn;
        var watching = _watching[At(_isIn)];
        foreach (var watcher in watching)
            Happen(watcher);
        watching.Clear();
        return true;
    }

    void Happen(int operation)
    {
        _happened[operation] = true;
        order.Add(operation);
    }

    static int At(bool state) => state ? 1 : 0;
}
