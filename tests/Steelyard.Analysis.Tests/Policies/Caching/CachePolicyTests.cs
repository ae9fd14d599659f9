using Steelyard.Analysis.Laws.Caching;
using Steelyard.Analysis.Policies.Caching;
using Steelyard.Analysis.Tests.Laws;

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

    [Theory]
    [InlineData("lru")]
    [InlineData("fifo")]
    [InlineData("clock")]
    [InlineData("sieve")]
    [InlineData("lfu")]
    public void A_policy_is_its_definition_request_by_request(string name)
    {
        foreach (var seed in Enumerable.Range(0, 60))
        {
            var random = new Random(seed);
            var sizes = Enumerable.Range(0, 40).Select(_ => seed % 3 == 0 ? 1 : 1 + random.Next(9)).ToArray();
            var objects = Enumerable.Range(0, 1_200).Select(_ => random.Next(1 + random.Next(40))).ToArray();
            var capacity = 1 + random.Next(70);
            var cache = CachePolicies.Named(name).Make(capacity, new(objects, null, 40));
            var plain = new PlainCache(name, capacity);
            foreach (var item in objects)
                Assert.Equal(plain.Request(item, sizes[item]), cache.Request(item, sizes[item]));
        }
    }

    [Fact]
    public void No_choice_of_what_to_drop_misses_less_than_the_optimum()
    {
        var optimum = CachePolicies.Named("opt");
        foreach (var seed in Enumerable.Range(0, 150))
        {
            var random = new Random(seed);
            var objects = Enumerable.Range(0, 12 + random.Next(4)).Select(_ => random.Next(5)).ToArray();
            var capacity = 1 + random.Next(3);
            Assert.Equal(
                PlainCache.FewestMisses(objects, capacity, []),
                CachePolicies.Simulate(optimum, new(objects, null, 5), capacity).Misses);
        }
    }

    static readonly Dictionary<string, CacheRequests> Drawn = new(StringComparer.Ordinal);

    public static TheoryData<string, string, string> Zipf
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (var row in TruthRows.Of("cache").Where(row => row["kind"] == "IRM Zipf"))
                if (!row["policy_or_quantity"].StartsWith("static", StringComparison.Ordinal))
                    rows.Add(row["workload"], row["config"], row["policy_or_quantity"]);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Zipf))]
    public void Zipf_s_requests_are_answered_as_often_as_published(
        string workload, string config, string policy)
    {
        var row = TruthRows.Of("cache").Single(one =>
            (one["workload"], one["config"], one["policy_or_quantity"]) == (workload, config, policy));
        var objects = (int)workload.After("N=");
        if (!Drawn.TryGetValue(workload, out var requests))
            Drawn.Add(workload, requests = ZipfRequests(objects, workload.After("alpha="), 1_500_000));
        var name = policy.Split(['/', ' '])[0].ToLowerInvariant();

        var found = Warm(name, requests, (int)config.After("size="));

        Assert.Equal(row["ratio"].Number(), found, 0.005);
    }

    // A cache that is empty at first tells less than one that has been there for long.
    static double Warm(string name, CacheRequests requests, int size)
    {
        var cache = CachePolicies.Named(name).Make(size, requests);
        var (hits, counted) = (0, requests.Objects.Length * 2 / 3);
        foreach (var (at, item) in requests.Objects.Index())
            if (cache.Request(item, 1) && at >= requests.Objects.Length - counted)
                hits++;
        return (double)hits / counted;
    }

    [Fact]
    public void Che_s_approximation_is_near_what_is_simulated()
    {
        const int objects = 3_000;
        foreach (var alpha in new[] { 0.6, 1.1 })
        {
            var requests = ZipfRequests(objects, alpha, 600_000);
            var law = IndependentRequests.Zipf(objects, alpha);
            foreach (var size in new[] { 30, 300, 1_500 })
            {
                Assert.Equal(law.Lru(size), Warm("lru", requests, size), 0.005);
                Assert.Equal(law.Fifo(size), Warm("fifo", requests, size), 0.005);
            }
        }
    }

    [Fact]
    public void S3_fifo_is_its_definition_request_by_request()
    {
        foreach (var seed in Enumerable.Range(0, 60))
        {
            var random = new Random(seed);
            var sizes = Enumerable.Range(0, 60).Select(_ => seed % 3 == 0 ? 1 : 1 + random.Next(6)).ToArray();
            var objects = Enumerable.Range(0, 1_500).Select(_ => random.Next(1 + random.Next(60))).ToArray();
            var capacity = 10 + random.Next(90);
            var cache = CachePolicies.Named("s3-fifo").Make(capacity, new(objects, null, 60));
            var plain = new PlainS3Fifo(capacity);
            foreach (var item in objects)
                Assert.Equal(plain.Request(item, sizes[item]), cache.Request(item, sizes[item]));
        }
    }

    [Fact]
    public void W_tiny_lfu_keeps_what_is_asked_for_often_from_a_scan_and_newcomers_in_its_window()
    {
        // A window of three, as all but the whole part of 99 % of 250.
        var cache = CachePolicies.Named("w-tinylfu").Make(250, new([], null, 100_000));
        for (var round = 0; round < 8; round++)
            for (var item = 0; item < 247; item++)
                cache.Request(item, 1);
        for (var scanned = 1_000; scanned < 3_000; scanned++)
            cache.Request(scanned, 1);

        // Counts are estimates: a few of the scanned may seem to be asked for more often than they are.
        Assert.InRange(Enumerable.Range(0, 247).Count(cache.Holds), 240, 247);
        Assert.Equal([2_997, 2_998, 2_999], Enumerable.Range(1_000, 2_000).Where(cache.Holds).TakeLast(3));
        Assert.Equal(250, cache.Used);
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
