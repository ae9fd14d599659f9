namespace Steelyard.Analysis.Tests.Policies.Caching;

/// <summary>S3-FIFO as libCacheSim's tests hold it, in plain lists: slow, and easy to read against the
/// definition.</summary>
internal sealed class PlainS3Fifo(long capacity)
{
    readonly long _small = Math.Max(1, capacity / 10);
    readonly List<Entry> _smallQueue = [];
    readonly List<Entry> _mainQueue = [];
    readonly List<Entry> _gone = [];

    public bool Request(int item, long size)
    {
        var held = _smallQueue.Concat(_mainQueue).FirstOrDefault(entry => entry.Item == item);
        if (held is not null)
        {
            held.Uses++;
            return true;
        }

        var isKnown = _gone.RemoveAll(entry => entry.Item == item) > 0;
        if (size > capacity)
            return false;
        while (Bytes(_smallQueue) + Bytes(_mainQueue) + size > capacity)
            MakeRoom();
        (isKnown ? _mainQueue : _smallQueue).Add(new(item, size));
        return false;
    }

    void MakeRoom()
    {
        if (Bytes(_mainQueue) > capacity - _small || _smallQueue.Count == 0)
        {
            for (var oldest = TakeOldest(_mainQueue); oldest.Uses > 0; oldest = TakeOldest(_mainQueue))
                _mainQueue.Add(new(oldest.Item, oldest.Size) { Uses = Math.Min(3, oldest.Uses) - 1 });
            return;
        }

        while (_smallQueue.Count > 0)
        {
            var oldest = TakeOldest(_smallQueue);
            if (oldest.Uses < 2)
            {
                Remember(oldest);
                return;
            }

            _mainQueue.Add(new(oldest.Item, oldest.Size));
        }
    }

    void Remember(Entry entry)
    {
        var most = Math.Max(1, capacity * 9 / 10);
        while (_gone.Count > 0 && Bytes(_gone) + entry.Size > most)
            TakeOldest(_gone);
        if (entry.Size <= most)
            _gone.Add(entry);
    }

    static Entry TakeOldest(List<Entry> queue)
    {
        var oldest = queue[0];
        queue.RemoveAt(0);
        return oldest;
    }

    static long Bytes(List<Entry> queue) => queue.Sum(entry => entry.Size);

    sealed record Entry(int Item, long Size)
    {
        public int Uses { get; set; }
    }
}
