namespace Steelyard.Analysis.Policies.Caching;

/// <summary>
/// Window TinyLFU: new objects pass through a small window, a hundredth of the cache, and stay in the main
/// part only where they are asked for more often than what they would displace; the main part is a segmented
/// LRU with four fifths for what was asked for again there (Einziger, Friedman and Manes 2017, "TinyLFU",
/// section 4). Sizes, order and admission are those of Caffeine's simulator with a fixed window, without its
/// chance for a newcomer that is asked for less.
/// </summary>
internal sealed class WTinyLfuCache(long capacity, int objects) : CachePolicy(capacity, objects)
{
    const int Window = 0;
    const int Probation = 1;
    const int Protected = 2;
    const double MainShare = 0.99;
    const double ProtectedShare = 0.8;

    readonly long _windowCapacity = capacity - (long)(capacity * MainShare);
    readonly long _mainCapacity = (long)(capacity * MainShare);
    readonly long _protectedCapacity = (long)((long)(capacity * MainShare) * ProtectedShare);
    readonly ItemQueues _queues = new(objects, 3);
    readonly byte[] _in = new byte[objects];
    readonly long[] _bytes = new long[3];
    readonly FrequencySketch _sketch = new(Math.Min(capacity, objects));

    public override bool Request(int item, long size)
    {
        _sketch.Add(item);
        if (Holds(item))
        {
            Touch(item);
            return true;
        }

        if (size > Capacity)
            return false;
        Hold(item, size);
        Enter(item, Window);
        while (_bytes[Window] > _windowCapacity)
            Admit(_queues.Oldest(Window));
        return false;
    }

    private protected override void Touch(int item)
    {
        var queue = _in[item];
        Leave(item);
        Enter(item, queue == Window ? Window : Protected);
        while (_bytes[Protected] > _protectedCapacity && _queues.Oldest(Protected) is >= 0 and var cold)
        {
            Leave(cold);
            Enter(cold, Probation);
        }
    }

    // It stands behind the others first: where no other is there it displaces itself.
    void Admit(int candidate)
    {
        Leave(candidate);
        Enter(candidate, Probation);
        while (_bytes[Probation] + _bytes[Protected] > _mainCapacity)
        {
            var victim = _queues.Oldest(Probation);
            if (_sketch.Of(candidate) <= _sketch.Of(victim))
                victim = candidate;
            Leave(victim);
            Used -= Release(victim);
            if (victim == candidate)
                return;
        }
    }

    void Enter(int item, int queue)
    {
        _queues.PutIn(item, queue);
        _in[item] = (byte)queue;
        _bytes[queue] += SizeOf(item);
    }

    void Leave(int item)
    {
        _queues.TakeOut(item);
        _bytes[_in[item]] -= SizeOf(item);
    }

    private protected override void Insert(int item) => throw Unreachable();

    private protected override int Evict() => throw Unreachable();

    private protected override void Forget(int item) => Leave(item);

    static InvalidOperationException Unreachable() => new("requests are taken whole here");
}
