namespace Steelyard.Analysis.Policies.Caching;

/// <summary>Queues of numbered items, each item in one of them at most; all steps take constant time and
/// nothing is allocated.</summary>
internal sealed class ItemQueues
{
    // The end of each queue is an item too, so no link is ever missing.
    readonly int[] _newer;
    readonly int[] _older;
    readonly int _items;

    public ItemQueues(int items, int queues = 1)
    {
        _items = items;
        (_newer, _older) = (new int[items + queues], new int[items + queues]);
        for (var queue = 0; queue < queues; queue++)
            (_newer[items + queue], _older[items + queue]) = (items + queue, items + queue);
    }

    /// <summary>The item that was put in first; -1 when the queue is empty.</summary>
    public int Oldest(int queue = 0) => ItemOrNone(_newer[_items + queue]);

    /// <summary>The item that was put in after another one; -1 after the last.</summary>
    public int NewerThan(int item) => ItemOrNone(_newer[item]);

    public void PutIn(int item, int queue = 0)
    {
        var end = _items + queue;
        var newest = _older[end];
        (_older[item], _newer[item]) = (newest, end);
        _newer[newest] = item;
        _older[end] = item;
    }

    public void TakeOut(int item)
    {
        var (older, newer) = (_older[item], _newer[item]);
        _newer[older] = newer;
        _older[newer] = older;
    }

    /// <summary>Takes the oldest item out.</summary>
    public int TakeOldest(int queue = 0)
    {
        var oldest = _newer[_items + queue];
        TakeOut(oldest);
        return oldest;
    }

    int ItemOrNone(int link) => link < _items ? link : -1;
}
