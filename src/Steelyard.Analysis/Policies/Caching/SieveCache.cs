namespace Steelyard.Analysis.Policies.Caching;

/// <summary>A hand goes from old to new and drops the first object that was not asked for since it came by;
/// what stays keeps its place (Zhang et al. 2024, "SIEVE is simpler than LRU", section 3).</summary>
internal sealed class SieveCache(long capacity, int objects) : CachePolicy(capacity, objects)
{
    readonly ItemQueues _order = new(objects);
    readonly bool[] _wasAsked = new bool[objects];
    int _hand = -1;

    private protected override void Touch(int item) => _wasAsked[item] = true;

    private protected override void Insert(int item) => _order.PutIn(item);

    private protected override int Evict()
    {
        var item = _hand >= 0 ? _hand : _order.Oldest();
        while (_wasAsked[item])
        {
            _wasAsked[item] = false;
            item = _order.NewerThan(item) is >= 0 and var newer ? newer : _order.Oldest();
        }

        _hand = _order.NewerThan(item);
        _order.TakeOut(item);
        return item;
    }

    private protected override void Forget(int item)
    {
        if (_hand == item)
            _hand = _order.NewerThan(item);
        _wasAsked[item] = false;
        _order.TakeOut(item);
    }
}
