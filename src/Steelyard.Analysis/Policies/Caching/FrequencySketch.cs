namespace Steelyard.Analysis.Policies.Caching;

/// <summary>About how often each item was asked for of late, in four bits: the least of four counters; all
/// are halved after ten times as many requests as there are counters in a row (Einziger, Friedman and Manes
/// 2017, "TinyLFU: a highly efficient cache admission policy", section 3).</summary>
internal sealed class FrequencySketch
{
    const int Rows = 4;
    const int Most = 15;
    const int RequestsPerCounter = 10;

    // Odd, with their bits spread: one hash function a row.
    static readonly ulong[] Seeds =
        [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93];

    readonly byte[] _counters;
    readonly int _mask;
    readonly long _requestsToHalve;
    long _requests;

    public FrequencySketch(long items)
    {
        var row = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(items, 16, 1 << 28));
        _counters = new byte[Rows * row];
        _mask = row - 1;
        _requestsToHalve = RequestsPerCounter * Math.Max(1, items);
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

    void Halve()
    {
        for (var i = 0; i < _counters.Length; i++)
            _counters[i] >>= 1;
        _requests /= 2;
    }

    int Place(int item, int row)
    {
        var hash = ((ulong)(uint)item + 1) * Seeds[row];
        hash ^= hash >> 32;
        hash *= Seeds[row];
        return (row * (_mask + 1)) + ((int)(hash >> 33) & _mask);
    }
}
