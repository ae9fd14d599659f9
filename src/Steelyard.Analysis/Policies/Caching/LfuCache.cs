namespace Steelyard.Analysis.Policies.Caching;

/// <summary>Drops what was asked for least often since it was put in; of those what was asked for longest ago
/// (Shah, Mitra and Matani 2010, "An O(1) algorithm for implementing the LFU cache eviction
/// scheme").</summary>
internal sealed class LfuCache : CachePolicy
{
    // Objects asked for equally often stand in one queue; queues stand in order of how often that is.
    readonly ItemQueues _items;
    readonly int[] _queueOf;
    readonly int[] _counts;
    readonly int[] _more;
    readonly int[] _less;
    readonly Stack<int> _free = new();
    readonly int _end;

    public LfuCache(long capacity, int objects)
        : base(capacity, objects)
    {
        // As many as there are objects, one more while an object moves, and the end.
        _end = objects + 1;
        _items = new(objects, _end + 1);
        _queueOf = new int[objects];
        _counts = new int[_end + 1];
        (_more, _less) = (new int[_end + 1], new int[_end + 1]);
        (_more[_end], _less[_end]) = (_end, _end);
        for (var queue = objects; queue >= 0; queue--)
            _free.Push(queue);
    }

    private protected override void Touch(int item)
    {
        var queue = _queueOf[item];
        _items.TakeOut(item);
        PutIn(item, _counts[queue] + 1, queue);
        FreeWhenEmpty(queue);
    }

    private protected override void Insert(int item) => PutIn(item, 1, _end);

    private protected override int Evict()
    {
        var queue = _more[_end];
        var item = _items.TakeOldest(queue);
        FreeWhenEmpty(queue);
        return item;
    }

    private protected override void Forget(int item)
    {
        _items.TakeOut(item);
        FreeWhenEmpty(_queueOf[item]);
    }

    void PutIn(int item, int count, int after)
    {
        var queue = _more[after];
        if (queue == _end || _counts[queue] != count)
        {
            queue = _free.Pop();
            _counts[queue] = count;
            (_less[queue], _more[queue]) = (after, _more[after]);
            _less[_more[after]] = queue;
            _more[after] = queue;
        }

        _queueOf[item] = queue;
        _items.PutIn(item, queue);
    }

    void FreeWhenEmpty(int queue)
    {
        if (_items.Oldest(queue) >= 0)
            return;
        _more[_less[queue]] = _more[queue];
        _less[_more[queue]] = _less[queue];
        _free.Push(queue);
    }
}
