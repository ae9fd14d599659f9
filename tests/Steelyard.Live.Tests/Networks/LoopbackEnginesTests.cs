using Steelyard.Histories;
using Steelyard.Live.Tests.Engines;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Networks;

/// <summary>Engines whose nodes stand on the loopback and reach one another through proxies: a node that is
/// cut off there hears nothing of the others, and nothing goes past the proxies.</summary>
public sealed class LoopbackEnginesTests
{
    static readonly TimeSpan s_begin = TimeSpan.FromSeconds(1);

    // What was on its way may still come, and a node that leads may not know yet that nobody follows.
    static readonly TimeSpan s_known = TimeSpan.FromSeconds(1);

    [EngineFact("redis")]
    public void Redis_acknowledges_nothing_for_which_a_replica_that_is_cut_off_must_answer()
    {
        var acknowledged = Acknowledged(
            "redis", CutOff("n3"), TimeSpan.FromSeconds(2.5),
            ("config", "replicas"), ("workload", "set"), ("wait", "2"));

        Assert.Empty(acknowledged.Alone.Concat(acknowledged.Others));
        Assert.NotEmpty(acknowledged.Before);
    }

    [EngineFact("redis", IsLong = true)]
    public void Sentinels_of_redis_promote_another_where_the_primary_is_cut_off()
    {
        var acknowledged = Acknowledged(
            "redis", CutOff("n1"), TimeSpan.FromSeconds(8), ("config", "sentinel"), ("workload", "set"));

        // Each side has a primary of its own.
        Assert.NotEmpty(acknowledged.Alone);
        Assert.NotEmpty(acknowledged.Others);
    }

    [EngineFact("redis", IsLong = true)]
    public void Shards_of_redis_give_up_one_that_is_cut_off()
    {
        var acknowledged = Acknowledged(
            "redis", CutOff("n1", "n2", "n3", "n4", "n5", "n6"), TimeSpan.FromSeconds(8),
            ("config", "cluster"), ("workload", "register"));

        Assert.NotEmpty(acknowledged.Others);
        Assert.DoesNotContain(acknowledged.Alone, change => change.InvokedNs > 5_000_000_000);
    }

    [EngineFact("postgres", IsLong = true)]
    public void A_primary_of_postgresql_acknowledges_nothing_without_its_synchronous_standby()
    {
        var acknowledged = Acknowledged(
            "postgres", CutOff("n2"), TimeSpan.FromSeconds(4), ("config", "replicas"), ("workload", "set"));

        Assert.Empty(acknowledged.Alone.Concat(acknowledged.Others));
        Assert.NotEmpty(acknowledged.Before);
    }

    [EngineFact("nats", IsLong = true)]
    public void A_server_of_nats_that_is_cut_off_acknowledges_nothing_and_the_others_do() =>
        MinorityIsSilent("nats", TimeSpan.FromSeconds(9));

    [EngineFact("zookeeper", IsLong = true)]
    public void A_server_of_zookeeper_that_is_cut_off_acknowledges_nothing_and_the_others_do() =>
        MinorityIsSilent("zookeeper", TimeSpan.FromSeconds(9), ("workload", "set"));

    [EngineFact("dns", IsLong = true)]
    public void A_resolver_that_is_cut_off_from_its_primary_gives_what_has_expired()
    {
        var cut = new PartitionFault { At = s_begin, For = 7 * s_begin, Groups = [["n1"], ["n2"]] };

        var (_, verdicts) = LiveEngines.Run(
            "dns", new([cut]), 9 * s_begin, ("config", "serve-expired"), ("network", "proxies"));

        Assert.Equal(Validity.Invalid, Assert.Single(verdicts).Validity);
    }

    static void MinorityIsSilent(string engine, TimeSpan lasts, params (string, string)[] options)
    {
        var acknowledged = Acknowledged(engine, CutOff("n1"), lasts, options);

        Assert.Empty(acknowledged.Alone);
        Assert.NotEmpty(acknowledged.Others);
        Assert.NotEmpty(acknowledged.Before);
    }

    // What was acknowledged to clients beside the node that is cut off, and beside the others, while it was;
    // and what to anybody before.
    static (IReadOnlyList<Operation> Alone, IReadOnlyList<Operation> Others, IReadOnlyList<Operation> Before)
        Acknowledged(
            string engine, PartitionFault cut, TimeSpan lasts, params (string Name, string Value)[] options)
    {
        var (run, _) = LiveEngines.Run(
            engine, new([cut with { For = lasts }]), lasts + (2 * s_begin), s_begin,
            [.. options, ("network", "proxies")]);
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
        var times = run.History.Faults.Select(fault => fault.TimeNs).ToList();
        var changes = run.History.Operations.Where(operation =>
            operation.Outcome == Outcome.Ok && operation.Function != Functions.Read).ToList();
        var meanwhile = changes
            .Where(change => change.InvokedNs > times[0] + (s_known.Ticks * 100)
                && change.CompletedNs < times[1])
            .ToLookup(change => change.Node == cut.Groups[0][0]);
        return ([.. meanwhile[true]], [.. meanwhile[false]],
            [.. changes.Where(change => change.CompletedNs < times[0])]);
    }

    static PartitionFault CutOff(string node, params string[] all) => new()
    {
        At = s_begin,
        Groups =
        [
            [node],
            [.. (all.Length > 0 ? all : ["n1", "n2", "n3"]).Where(other => other != node)],
        ],
    };
}
