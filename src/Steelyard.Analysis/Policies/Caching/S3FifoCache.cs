namespace Steelyard.Analysis.Policies.Caching;

/// <summary>
/// Three queues in which nothing ever moves up: new objects wait in a small one, a tenth of the cache; those
/// asked for again there go on to the main one, the others are dropped and their names remembered for a
/// while; who comes back within that goes to the main one at once (Yang et al. 2023, "FIFO queues are all you
/// need for cache eviction", section 4).
/// </summary>
internal sealed class S3FifoCache(long capacity, int objects) : CachePolicy(capacity, objects)
{
    const int Small = 0;
    const int Main = 1;
    const int Gone = 2;

    // Two bits of use; asked for twice in the small queue is enough to stay.
    const int MostUses = 3;
    const int UsesToStay = 2;

    readonly long _smallCapacity = Math.Max(1, capacity / 10);
    readonly long _goneCapacity = Math.Max(1, capacity * 9 / 10);
    readonly ItemQueues _queues = new(objects, 3);
    readonly byte[] _uses = new byte[objects];
    readonly bool[] _isMain = new bool[objects];
    readonly long[] _goneSizes = new long[objects];
    readonly long[] _bytes = new long[3];

    // Its name is taken out before room is made: so it is never the one that is forgotten for another.
    public override bool Request(int item, long size)
    {
        if (!Holds(item))
        {
            _isMain[item] = _goneSizes[item] > 0;
            ForgetName(item);
        }

        return base.Request(item, size);
    }

    private protected override void Touch(int item) =>
        _uses[item] = (byte)Math.Min(MostUses, _uses[item] + 1);

    private protected override void Insert(int item)
    {
        _uses[item] = 0;
        Enter(item, SizeOf(item), _isMain[item] ? Main : Small);
    }

    // A round in the small queue goes on until one is dropped or none is left there, even where the main
    // queue grows beyond its share meanwhile (libCacheSim's reading of the paper).
    private protected override int Evict()
    {
        var dropped = -1;
        while (dropped < 0)
            if (_bytes[Small] == 0 || _bytes[Main] > Capacity - _smallCapacity)
                dropped = FromMain();
            else
                while (dropped < 0 && _bytes[Small] > 0)
                    dropped = FromSmall();
        return dropped;
    }

    int FromMain()
    {
        var item = _queues.TakeOldest(Main);
        if (_uses[item] == 0)
        {
            _bytes[Main] -= SizeOf(item);
            return item;
        }

        _uses[item]--;
        _queues.PutIn(item, Main);
        return -1;
    }

    int FromSmall()
    {
        var item = _queues.TakeOldest(Small);
        var size = SizeOf(item);
        _bytes[Small] -= size;
        if (_uses[item] >= UsesToStay)
        {
            (_isMain[item], _uses[item]) = (true, 0);
            Enter(item, size, Main);
            return -1;
        }

        RememberName(item, size);
        return item;
    }

    void RememberName(int item, long size)
    {
        _goneSizes[item] = size;
        Enter(item, size, Gone);
        while (_bytes[Gone] > _goneCapacity)
            ForgetName(_queues.Oldest(Gone));
    }

    void ForgetName(int item)
    {
        if (_goneSizes[item] == 0)
            return;
        _queues.TakeOut(item);
        _bytes[Gone] -= _goneSizes[item];
        _goneSizes[item] = 0;
    }

    void Enter(int item, long size, int queue)
    {
        _queues.PutIn(item, queue);
        _bytes[queue] += size;
    }

    private protected override void Forget(int item)
    {
        _queues.TakeOut(item);
        _bytes[_isMain[item] ? Main : Small] -= SizeOf(item);
    }
}
