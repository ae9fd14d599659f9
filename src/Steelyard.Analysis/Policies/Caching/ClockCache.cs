namespace Steelyard.Analysis.Policies.Caching;

/// <summary>Second chance: what was put in first is dropped, but what was asked for since is put in once more
/// instead (Corbató 1968, "A paging experiment with the Multics system"; one bit, not set at
/// first).</summary>
internal sealed class ClockCache(long capacity, int objects) : CachePolicy(capacity, objects)
{
    readonly ItemQueues _order = new(objects);
    readonly bool[] _wasAsked = new bool[objects];

    private protected override void Touch(int item) => _wasAsked[item] = true;

    private protected override void Insert(int item) => _order.PutIn(item);

    private protected override int Evict()
    {
        var item = _order.TakeOldest();
        for (; _wasAsked[item]; item = _order.TakeOldest())
        {
            _wasAsked[item] = false;
            _order.PutIn(item);
        }

        return item;
    }

    private protected override void Forget(int item)
    {
        _wasAsked[item] = false;
        _order.TakeOut(item);
    }
}
