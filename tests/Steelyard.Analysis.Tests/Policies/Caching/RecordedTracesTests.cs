using Steelyard.Analysis.Policies.Caching;
using Steelyard.Analysis.Tests.Laws;
using Steelyard.Formats.CacheTraces;
using Xunit.Abstractions;

namespace Steelyard.Analysis.Tests.Policies.Caching;

/// <summary>Hits on recorded traces, to the last one: those of LIRS by implementations elsewhere,
/// CloudPhysics
/// in bytes by libCacheSim.</summary>
public class RecordedTracesTests(ITestOutputHelper output)
{
    static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["Belady"] = "opt", ["OPT"] = "opt", ["S3FIFO"] = "s3-fifo",
    };

    [Fact]
    public void Hits_of_objects_are_those_recorded()
    {
        var rows = TruthRows.Of("lirs-more-policies").Select(row =>
                (row["trace"], row["size"], row["policy"], row["hits"]))
            .Concat(TruthRows.Of("cache").Where(row => row["kind"] == "trace").Select(row =>
                (row["workload"], row["config"].After("size=").ToString("0"), row["policy_or_quantity"],
                    row["value"].After("hits=").ToString("0"))));
        var compared = 0;
        foreach (var (name, size, policy, hits) in rows)
        {
            if (Trace($"{name}.trace.gz") is not { } requests)
                continue;
            var kind = Kind(policy)!;
            var found = CachePolicies.Simulate(kind, requests, long.Parse(size)).Hits;
            Assert.True(found == long.Parse(hits), $"{name} {policy} {size}: {hits} hits, found {found}");
            compared++;
        }

        output.WriteLine($"{compared} compared");
        Assert.True(compared is 0 or >= 50, $"{compared} compared");
    }

    [Fact]
    public void Misses_of_bytes_are_libCacheSim_s()
    {
        var compared = 0;
        foreach (var row in TruthRows.Of("libcachesim"))
        {
            if (Trace("cloudPhysicsIO.oracleGeneral.bin.gz") is not { } requests
                || Kind(row["algorithm"]) is not { } kind)
                continue;
            var found = CachePolicies.Simulate(kind, requests, long.Parse(row["cache_bytes"]));
            var told = $"{kind.Name} {row["cache_bytes"]}: {row["misses"]} and {row["miss_bytes"]}, found"
                + $" {found.Misses} and {found.MissBytes}";
            Assert.True(found.Misses == row["misses"].Number(), told);
            Assert.True(found.MissBytes == row["miss_bytes"].Number(), told);
            compared++;
        }

        output.WriteLine($"{compared} compared");
        // Eight policies at four sizes.
        Assert.True(compared is 0 or 32, $"{compared} compared");
    }

    [Fact]
    public void One_pass_over_all_sizes_gives_what_a_pass_for_each_gives()
    {
        foreach (var seed in Enumerable.Range(0, 40))
        {
            var random = new Random(seed);
            var objects = Enumerable.Range(0, 3_000).Select(_ => random.Next(1 + random.Next(60))).ToArray();
            var requests = new CacheRequests(objects, null, 60);
            long[] sizes = [.. Enumerable.Range(1, 62).Select(size => (long)size)];
            var lru = CachePolicies.Named("lru");
            Assert.Equal(
                sizes.Select(size => CachePolicies.Simulate(lru, requests, size)),
                CacheCurve.Of(lru, requests, sizes));
        }
    }

    static readonly Dictionary<string, CacheRequests?> Traces = new(StringComparer.Ordinal);

    static CacheRequests? Trace(string name)
    {
        if (Traces.TryGetValue(name, out var known))
            return known;
        var path = SharedTraces.File(name);
        var trace = path is null ? null : CacheTraceFile.Read(path);
        return Traces[name] = trace is null ? null : new(trace.Objects, trace.Sizes, trace.Distinct);
    }

    static CachePolicyKind? Kind(string words)
    {
        var name = words.Split(' ')[0];
        name = Names.GetValueOrDefault(name, name.ToLowerInvariant());
        return CachePolicies.All.FirstOrDefault(kind => kind.Name == name);
    }
}
