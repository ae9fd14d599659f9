using Steelyard.Analysis.Policies.Caching;

namespace Steelyard.Bench.Caching;

/// <summary>How fast recorded requests are given to caches.</summary>
internal static class CacheRows
{
    const int Requests = 2_000_000;
    const int Objects = 100_000;
    const double Skew = 1.0;
    const int CurveSizes = 100;

    // libCacheSim tells 20 M requests a second of LRU, and a curve may take three times as long as one size.
    const double LruAim = 20e6;
    const double CurveAim = LruAim / 3;

    /// <summary>LRU at one size and at a hundred, and each other policy at one.</summary>
    public static IEnumerable<Row> All()
    {
        var requests = Zipf();
        long[] sizes = [.. Enumerable.Range(1, CurveSizes).Select(size => (long)Objects * size / CurveSizes)];
        foreach (var kind in CachePolicies.All)
            yield return new($"{kind.Name}, a tenth of all objects", "requests/s",
                kind.Name == "lru" ? LruAim : null, () =>
                {
                    CachePolicies.Simulate(kind, requests, Objects / 10);
                    return requests.Count;
                });
        yield return new($"lru, a curve of {CurveSizes} sizes", "requests/s", CurveAim, () =>
        {
            CacheCurve.Of(CachePolicies.Named("lru"), requests, sizes);
            return requests.Count;
        });
    }

    static CacheRequests Zipf()
    {
        var random = new Random(1);
        var upTo = new double[Objects];
        var sum = 0.0;
        for (var rank = 0; rank < Objects; rank++)
            upTo[rank] = sum += Math.Pow(rank + 1, -Skew);
        // Numbers in order of first appearance, as a recording has them.
        var numbers = new Dictionary<int, int>();
        var objects = new int[Requests];
        for (var request = 0; request < Requests; request++)
        {
            var place = Array.BinarySearch(upTo, random.NextDouble() * sum);
            var rank = place < 0 ? ~place : place;
            if (!numbers.TryGetValue(rank, out objects[request]))
                numbers.Add(rank, objects[request] = numbers.Count);
        }

        return new(objects, null, numbers.Count);
    }
}
