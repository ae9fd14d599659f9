namespace Steelyard.Analysis.Policies.Caching;

/// <summary>About how often each item was asked for of late, in four bits: the least of four counters; all
/// are halved after ten times as many requests as there are items (Einziger, Friedman and Manes 2017,
/// "TinyLFU: a highly efficient cache admission policy", section 3). As wide as Caffeine's: four counters a
/// row for each item, items rounded up to a power of two.</summary>
internal sealed class FrequencySketch
{
    const int Rows = 4;
    const int Most = 15;
    const int CountersPerItem = 4;
    const int RequestsPerItem = 10;
    const int MostItems = 1 << 26;

    // Odd, with their bits spread: one hash function a row.
    static readonly ulong[] Seeds =
        [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93];

    readonly byte[] _counters;
    readonly int _mask;
    readonly long _requestsToHalve;
    long _requests;

    public FrequencySketch(long items)
    {
        var rounded =
            (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(items, 1, MostItems));
        var row = CountersPerItem * rounded;
        _counters = new byte[Rows * row];
        _mask = row - 1;
        _requestsToHalve = (long)RequestsPerItem * rounded;
    }

    public void Add(int item)
    {
        var grew = false;
        for (var row = 0; row < Rows; row++)
        {
            ref var counter = ref _counters[Place(item, row)];
            if (counter == Most)
                continue;
            counter++;
            grew = true;
        }

        if (grew && ++_requests >= _requestsToHalve)
            Halve();
    }

    public int Of(int item)
    {
        var least = Most;
        for (var row = 0; row < Rows; row++)
            least = Math.Min(least, _counters[Place(item, row)]);
        return least;
    }

    // A request counts in each row; what is rounded off is taken from the count of requests too.
    void Halve()
    {
        var odd = 0L;
        for (var i = 0; i < _counters.Length; i++)
        {
            odd += _counters[i] & 1;
            _counters[i] >>= 1;
        }

        _requests = (_requests - (odd / Rows)) / 2;
    }

    int Place(int item, int row)
    {
        var hash = ((ulong)(uint)item + 1) * Seeds[row];
        hash ^= hash >> 32;
        hash *= Seeds[row];
        return (row * (_mask + 1)) + ((int)(hash >> 33) & _mask);
    }
}
