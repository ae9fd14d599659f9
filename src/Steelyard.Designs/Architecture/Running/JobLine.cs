namespace Steelyard.Designs.Architecture.Running;

/// <summary>Jobs that wait.</summary>
/// <param name="latestFirst">True when the latest is next.</param>
internal sealed class JobLine(bool latestFirst)
{
    readonly Ring<Job> _jobs = new();

    public int Count => _jobs.Count;

    public void Clear() => _jobs.Clear();

    public void Add(Job job) => _jobs.AddLast(job);

    /// <summary>Takes the next; there must be one.</summary>
    public Job Take() => latestFirst ? _jobs.TakeLast() : _jobs.TakeFirst();
}

/// <summary>A queue with two ends, in an array that grows.</summary>
internal sealed class Ring<T>
{
    T[] _items = new T[16];
    int _first;

    public int Count { get; private set; }

    public T First => _items[_first];

    public void AddLast(T item)
    {
        if (Count == _items.Length)
            Grow();
        _items[(_first + Count++) & (_items.Length - 1)] = item;
    }

    public T TakeFirst()
    {
        var item = _items[_first];
        _items[_first] = default!;
        _first = (_first + 1) & (_items.Length - 1);
        Count--;
        return item;
    }

    public T TakeLast()
    {
        var place = (_first + --Count) & (_items.Length - 1);
        var item = _items[place];
        _items[place] = default!;
        return item;
    }

    public void Clear()
    {
        Array.Clear(_items);
        (_first, Count) = (0, 0);
    }

    void Grow()
    {
        var items = new T[_items.Length * 2];
        for (var i = 0; i < Count; i++)
            items[i] = _items[(_first + i) & (_items.Length - 1)];
        (_items, _first) = (items, 0);
    }
}
