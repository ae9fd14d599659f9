namespace Steelyard.Analysis.Policies.Caching;

/// <summary>The optimum: drops what will be asked for again last, as only a recording can tell (Belady 1966,
/// "A study of replacement algorithms for a virtual-storage computer"). Of objects of different sizes it is
/// the same rule, and no longer the optimum.</summary>
internal sealed class BeladyCache(long capacity, CacheRequests requests)
    : CachePolicy(capacity, requests.Distinct)
{
    readonly int[] _next = requests.NextUses();
    readonly int[] _nextOf = new int[requests.Distinct];

    // An object that is asked for again stands in it once more; what it stood at before is out of date.
    readonly PriorityQueue<int, long> _farthest = new();
    int _request;

    public override bool Request(int item, long size)
    {
        _nextOf[item] = _next[_request++];
        return base.Request(item, size);
    }

    private protected override void Touch(int item) => Insert(item);

    private protected override void Insert(int item) => _farthest.Enqueue(item, -(long)_nextOf[item]);

    private protected override int Evict()
    {
        while (_farthest.TryDequeue(out var item, out var next))
            if (Holds(item) && -next == _nextOf[item])
                return item;
        throw new InvalidOperationException("nothing is held that could be dropped");
    }

    private protected override void Forget(int item)
    {
    }
}
