namespace Steelyard.Analysis.Policies.Caching;

/// <summary>
/// Adaptive replacement: objects seen once and objects seen more than once stand in queues of their own, and
/// what was dropped from either of late moves the border between them (Megiddo and Modha 2003, "ARC: a
/// self-tuning, low overhead replacement cache", figure 4). Sizes count where the paper counts pages.
/// </summary>
internal sealed class ArcCache(long capacity, int objects) : CachePolicy(capacity, objects)
{
    // The paper's T1 and T2, which are held, and B1 and B2, of which only the names are remembered.
    const int Once = 0;
    const int Often = 1;
    const int OnceGone = 2;
    const int OftenGone = 3;

    readonly ItemQueues _queues = new(objects, 4);
    readonly sbyte[] _in = NowhereAtFirst(objects);
    readonly long[] _goneSizes = new long[objects];
    readonly long[] _bytes = new long[4];
    double _target;

    public override bool Request(int item, long size)
    {
        if (Holds(item))
        {
            Touch(item);
            return true;
        }

        if (size > Capacity)
            return false;
        if (_in[item] is var place && place is OnceGone or OftenGone)
            BringBack(item, size, place);
        else
            PutInNew(item, size);
        return false;
    }

    private protected override void Touch(int item) => Move(item, SizeOf(item), Often);

    void BringBack(int item, long size, int place)
    {
        var (once, often) = (Math.Max(1, _bytes[OnceGone]), Math.Max(1, _bytes[OftenGone]));
        _target = place == OnceGone
            ? Math.Min(Capacity, _target + (Math.Max((double)often / once, 1)))
            : Math.Max(0, _target - (Math.Max((double)once / often, 1)));
        Leave(item, _goneSizes[item]);
        while (Used + size > Capacity)
            Replace(place == OftenGone);
        Hold(item, size);
        Enter(item, size, Often);
    }

    void PutInNew(int item, long size)
    {
        while (Used + size > Capacity)
            MakeRoom(size);
        Hold(item, size);
        Enter(item, size, Once);
    }

    // One name is forgotten for each that is remembered, whatever their sizes: so libCacheSim does it too.
    void MakeRoom(long size)
    {
        var isFirstFull = _bytes[Once] + _bytes[OnceGone] + size > Capacity;
        if (isFirstFull && _queues.Oldest(OnceGone) < 0)
        {
            Let(_queues.Oldest(Once));
            return;
        }

        if (isFirstFull)
            ForgetName(_queues.Oldest(OnceGone));
        else if (_bytes[OftenGone] > 0 && _bytes.Sum() >= 2 * Capacity)
            ForgetName(_queues.Oldest(OftenGone));
        Replace(wasOften: false);
    }

    void ForgetName(int item) => Leave(item, _goneSizes[item]);

    void Replace(bool wasOften)
    {
        var fromOnce = _queues.Oldest(Once) >= 0 && (_queues.Oldest(Often) < 0 || _bytes[Once] > _target
            || (wasOften && _bytes[Once] >= _target));
        var item = _queues.Oldest(fromOnce ? Once : Often);
        var size = SizeOf(item);
        Let(item);
        _goneSizes[item] = size;
        Enter(item, size, fromOnce ? OnceGone : OftenGone);
    }

    void Let(int item)
    {
        Leave(item, SizeOf(item));
        Used -= Release(item);
    }

    void Move(int item, long size, int queue)
    {
        Leave(item, size);
        Enter(item, size, queue);
    }

    void Enter(int item, long size, int queue)
    {
        _queues.PutIn(item, queue);
        _in[item] = (sbyte)queue;
        _bytes[queue] += size;
    }

    void Leave(int item, long size)
    {
        _queues.TakeOut(item);
        _bytes[_in[item]] -= size;
        _in[item] = -1;
    }

    private protected override void Insert(int item) => throw Unreachable();

    private protected override int Evict() => throw Unreachable();

    private protected override void Forget(int item) => Leave(item, SizeOf(item));

    static InvalidOperationException Unreachable() => new("requests are taken whole here");

    static sbyte[] NowhereAtFirst(int objects)
    {
        var places = new sbyte[objects];
        Array.Fill(places, (sbyte)-1);
        return places;
    }
}
