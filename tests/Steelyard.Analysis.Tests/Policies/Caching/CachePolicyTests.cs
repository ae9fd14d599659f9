using Steelyard.Analysis.Laws.Caching;
using Steelyard.Analysis.Policies.Caching;

namespace Steelyard.Analysis.Tests.Policies.Caching;

public class CachePolicyTests
{
    public static TheoryData<string> All => [.. CachePolicies.Names];

    /// <summary>What must be true of any cache: it never holds more than it can, a hit is of what was put in
    /// before and not dropped, and no policy beats the optimum.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void A_cache_holds_no_more_than_it_can_and_answers_only_what_it_holds(string name)
    {
        foreach (var seed in Enumerable.Range(0, 60))
        {
            var random = new Random(seed);
            var isSized = seed % 2 == 0;
            var sizes = Enumerable.Range(0, 50).Select(_ => isSized ? 1 + random.Next(9) : 1).ToArray();
            var objects = Enumerable.Range(0, 2_000).Select(_ => random.Next(1 + random.Next(50))).ToArray();
            var requests = new CacheRequests(objects, [.. objects.Select(item => sizes[item])], 50);
            var capacity = 1 + random.Next(60);
            var cache = CachePolicies.Named(name).Make(capacity, requests);
            var hits = 0;
            foreach (var item in objects)
            {
                var held = cache.Holds(item);
                Assert.Equal(held, cache.Request(item, sizes[item]));
                hits += held ? 1 : 0;
                Assert.InRange(cache.Used, 0, capacity);
                Assert.Equal(
                    cache.Used, Enumerable.Range(0, 50).Where(cache.Holds).Sum(one => (long)sizes[one]));
            }

            if (!isSized)
                Assert.True(
                    hits <= CachePolicies.Simulate(CachePolicies.Named("opt"), requests, capacity).Hits);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_dropped_is_held_no_more_and_the_cache_goes_on(string name)
    {
        var random = new Random(3);
        var objects = Enumerable.Range(0, 3_000).Select(_ => random.Next(40)).ToArray();
        var cache = CachePolicies.Named(name).Make(15, new(objects, null, 40));
        foreach (var item in objects)
        {
            cache.Request(item, 1);
            if (random.Next(4) == 0 && random.Next(40) is var dropped && cache.Holds(dropped))
            {
                Assert.True(cache.Drop(dropped));
                Assert.False(cache.Holds(dropped));
                Assert.False(cache.Drop(dropped));
            }

            Assert.Equal(cache.Used, Enumerable.Range(0, 40).Count(cache.Holds));
        }
    }

    [Fact]
    public void Che_s_approximation_is_near_what_is_simulated()
    {
        const int objects = 1_000;
        var requests = ZipfRequests(objects, 0.8, 400_000);
        var law = IndependentRequests.Zipf(objects, 0.8);
        foreach (var size in new[] { 20, 100, 300 })
        {
            Assert.Equal(law.Lru(size), Simulated("lru", size), 0.005);
            Assert.Equal(law.Fifo(size), Simulated("fifo", size), 0.005);
        }

        double Simulated(string name, int size) =>
            CachePolicies.Simulate(CachePolicies.Named(name), requests, size).HitRatio;
    }

    static CacheRequests ZipfRequests(int objects, double alpha, int count)
    {
        var random = new Random(5);
        var upTo = new double[objects];
        var sum = 0.0;
        for (var rank = 0; rank < objects; rank++)
            upTo[rank] = sum += Math.Pow(rank + 1, -alpha);
        return new([.. Enumerable.Range(0, count).Select(_ =>
        {
            var place = Array.BinarySearch(upTo, random.NextDouble() * sum);
            return place < 0 ? ~place : place;
        })], null, objects);
    }
}
