namespace Steelyard.Analysis.Policies.Caching;

/// <summary>Drops what was asked for longest ago (least recently used).</summary>
internal sealed class LruCache(long capacity, int objects) : CachePolicy(capacity, objects)
{
    readonly ItemQueues _order = new(objects);

    private protected override void Touch(int item)
    {
        _order.TakeOut(item);
        _order.PutIn(item);
    }

    private protected override void Insert(int item) => _order.PutIn(item);

    private protected override int Evict() => _order.TakeOldest();

    private protected override void Forget(int item) => _order.TakeOut(item);
}
