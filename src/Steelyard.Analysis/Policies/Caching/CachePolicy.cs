namespace Steelyard.Analysis.Policies.Caching;

/// <summary>
/// A cache that holds objects up to a capacity and drops some to make room: what it drops is its policy. An
/// object that is larger than the whole cache is never held. Requests are taken one by one, so a simulated
/// cache and a recorded trace use the same policy.
/// </summary>
internal abstract class CachePolicy
{
    readonly long[] _sizes;

    /// <summary>An empty cache.</summary>
    /// <param name="capacity">How much it holds, in bytes or in objects; at least 1.</param>
    /// <param name="objects">How many objects there are; their numbers begin at 0.</param>
    private protected CachePolicy(long capacity, int objects)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        _sizes = new long[objects];
    }

    /// <summary>How much it holds, in bytes or in objects.</summary>
    public long Capacity { get; }

    /// <summary>How much is in it.</summary>
    public long Used { get; private protected set; }

    /// <summary>Takes a request; true when the object is held. One that is not is put in.</summary>
    /// <param name="item">The object.</param>
    /// <param name="size">Its size, as the capacity is measured; at least 1.</param>
    public virtual bool Request(int item, long size)
    {
        if (_sizes[item] > 0)
        {
            Touch(item);
            return true;
        }

        if (size > Capacity)
            return false;
        while (Used + size > Capacity)
            Used -= Release(Evict());
        Hold(item, size);
        Insert(item);
        return false;
    }

    /// <summary>True when an object is held.</summary>
    public bool Holds(int item) => _sizes[item] > 0;

    /// <summary>Drops an object, as when it is no longer true; false when it was not held.</summary>
    public bool Drop(int item)
    {
        if (!Holds(item))
            return false;
        Forget(item);
        Used -= Release(item);
        return true;
    }

    /// <summary>An object that is held was asked for.</summary>
    private protected abstract void Touch(int item);

    /// <summary>An object is put in; there is room.</summary>
    private protected abstract void Insert(int item);

    /// <summary>Chooses what to drop, and forgets it.</summary>
    private protected abstract int Evict();

    /// <summary>Takes an object out of whatever order it stands in.</summary>
    private protected abstract void Forget(int item);

    private protected void Hold(int item, long size)
    {
        _sizes[item] = size;
        Used += size;
    }

    private protected long Release(int item)
    {
        var size = _sizes[item];
        _sizes[item] = 0;
        return size;
    }

    private protected long SizeOf(int item) => _sizes[item];
}
