using Steelyard.Designs.Architecture.Faults;
using Steelyard.Histories;
using Steelyard.Hunts;
using Steelyard.Runs;
using Steelyard.Tests.Comparisons;
using Steelyard.Workers;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Tests.Hunts;

/// <summary>Hunts of architectures under faults that are drawn for them.</summary>
public sealed class ArchitectureHuntTests
{
    const int Seeds = 200;

    const string ToDb = "{ to: db, timeout: 200ms, retries: 3 }";

    static RunRequest Shop(bool dedup, string more = "") => Architectures.Request(
        $$"""
        users: { is: clients, rate: 40/s, reads: 20%, keys: 100, calls: [{ to: api, timeout: 2s }] }
        api: { is: service, instances: 3, workers: 50, time: exp 2ms, calls: [{ to: cache }, {{ToDb}}] }
        cache: { is: cache, instances: 2, size: 20, time: 1ms }
        db: { is: database, workers: 20, time: exp 2ms, write-time: exp 3ms, dedup: {{Word(dedup)}} }
        """, more);

    [Fact]
    public void Retries_without_dedup_double_effects_under_drawn_faults_and_that_is_found()
    {
        var found = Hunt(Shop(dedup: false), keepGoing: false);

        Assert.Equal("no-double-effects", found.FirstInvalid!.Checker);
        Assert.Contains("effects were those of a write that had taken effect", found.FirstInvalid.Summary,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Its_twin_whose_database_knows_a_write_that_comes_again_is_clean_in_twenty_seeds()
    {
        var found = Hunt(Shop(dedup: true), keepGoing: true);

        Assert.Equal(20, found.Seeds.Count);
        Assert.All(found.Seeds, seed => Assert.True(seed.Validity == Validity.Valid, seed.Summary));
    }

    [Fact]
    public void A_limit_is_judged_in_a_hunt_as_in_a_run()
    {
        var (kept, broken) = ("expect: [availability > 1%]", "expect: [latency-p99 < 1us]");

        Assert.Null(Hunt(Shop(dedup: true, kept), keepGoing: false).FirstInvalid);
        Assert.NotNull(Hunt(Shop(dedup: true, broken), keepGoing: false).FirstInvalid);
    }

    [Fact]
    public void Drawn_faults_hit_no_client_and_never_the_only_instance_and_all_kinds_are_seen()
    {
        var faults = Drawn(Shop(dedup: true), "all");

        Assert.DoesNotContain("users", faults.SelectMany(fault => fault.Names));
        var down = faults.SelectMany(DownOf).ToList();
        Assert.Superset(
            new HashSet<string> { "api-1", "api-2", "api-3", "cache-1", "cache-2" }, down.ToHashSet());
        Assert.DoesNotContain("db", down);
        Assert.Superset(
            new HashSet<string> { "crash", "cut", "partition", "link", "degrade" },
            faults.Select(fault => fault.Kind).ToHashSet());
        Assert.Superset(
            new HashSet<string> { "slow", "refuse", "restart", "flush" },
            faults.OfType<DegradeFault>().Select(fault => fault.How).ToHashSet());
        // Nobody calls the database but the api.
        Assert.All(
            faults.OfType<CutFault>().Where(cut => cut.To.Contains("db")),
            cut => Assert.All(cut.From, name => Assert.StartsWith("api-", name, StringComparison.Ordinal)));
    }

    [Fact]
    public void What_it_says_it_stands_is_what_it_gets()
    {
        var alone = Drawn(Shop(dedup: true, "tolerates: {down: 2, alone: true, links: false}"), "all");
        var calm = Drawn(Shop(dedup: true, "tolerates: {down: 0, links: false, degraded: false}"), "all");
        var beyond = Drawn(Shop(dedup: true), "beyond");

        Assert.Contains(
            beyond.OfType<CrashFault>(), crash => crash.Nodes.SequenceEqual(["api-1", "api-2", "api-3"]));
        Assert.Contains("db", alone.SelectMany(DownOf));
        Assert.DoesNotContain(alone, fault => fault is CutFault or LinkFault or PartitionFault);
        Assert.Empty(calm);
    }

    [Fact]
    public void Instances_that_are_down_at_once_are_no_more_than_it_stands()
    {
        var request = Shop(dedup: true);
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            var down = Plan(request, "all", seed).Where(fault => DownOf(fault).Any()).ToList();
            Assert.All(down, fault => Assert.All(
                down.Where(other => other != fault && other.At < fault.At + fault.For
                    && fault.At < other.At + other.For),
                other => Assert.Equal(DownOf(fault), DownOf(other))));
        }
    }

    [Fact]
    public void Faults_of_clocks_are_refused_and_so_is_a_plan_that_hits_clients()
    {
        var clocks = Assert.Throws<UserMistakeException>(() => Plan(Shop(dedup: true), "clock", 1));
        var clients = Assert.Throws<UserMistakeException>(() => Shop(
            dedup: true, "faults: [{fault: crash, at: 1s, for: 1s, nodes: [users]}]"));

        Assert.Equal(
            "faults of clock: expected some of crash, partition, network, degrade that shop has parts or"
            + " calls for, found none", clocks.Message);
        Assert.EndsWith(
            "fault 1 (crash at 1s) cannot hit users, which only asks: expected one of api-1, api-2, api-3,"
            + " cache-1, cache-2, db", clients.Message, StringComparison.Ordinal);
    }

    static string Word(bool flag) => flag ? "true" : "false";

    static IEnumerable<string> DownOf(Fault fault) => fault switch
    {
        CrashFault crash => crash.Nodes,
        DegradeFault { How: "refuse" or "restart" } degrade => degrade.Nodes,
        _ => [],
    };

    static List<Fault> Drawn(RunRequest request, string word) =>
        [.. Enumerable.Range(1, Seeds).SelectMany(seed => Plan(request, word, (ulong)seed))];

    static IReadOnlyList<Fault> Plan(RunRequest request, string word, ulong seed) =>
        FaultChoice.Named(word).PlanFor(request.Build(), new Seed(seed)).Faults;

    static HuntResult Hunt(RunRequest request, bool keepGoing) => Steelyard.Hunts.Hunt.Execute(new(
        () => new EveryWorld(),
        request with { Spec = request.Spec with { Faults = FaultChoice.Named("all") } }, new(1, 20))
    {
        KeepGoing = keepGoing,
    });
}
