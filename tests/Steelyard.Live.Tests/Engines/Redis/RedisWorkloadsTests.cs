using Steelyard.Histories;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines.Redis;

public sealed class RedisWorkloadsTests
{
    static readonly TimeSpan s_short = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_stalled = TimeSpan.FromSeconds(6);

    [EngineFact("redis")]
    public void Scripts_are_strict_serializable() => AllHold(("workload", "append"));

    [EngineFact("redis", IsLong = true)]
    public void A_counter_counts() => AllHold(("workload", "counter"));

    [EngineFact("redis", IsLong = true)]
    public void A_queue_delivers_each_element_once_while_nothing_breaks() => AllHold(("workload", "queue"));

    [EngineFact("redis", IsLong = true)]
    public void An_acknowledged_queue_loses_nothing_over_a_kill()
    {
        var crash = new CrashFault { At = s_short / 2, For = s_short / 2, Nodes = ["n1"] };

        var (run, verdicts) = LiveEngines.Run(
            "redis", new([crash]), 2 * s_short, ("config", "single"), ("workload", "acknowledged-queue"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
    }

    [EngineFact("redis", IsLong = true)]
    public void A_holder_that_stalls_for_longer_than_its_lock_lasts_undoes_what_others_did()
    {
        var (_, verdicts) = LiveEngines.Run(
            "redis", FaultPlan.None, s_stalled, ("config", "single"), ("workload", "lock"), ("stall", "on"));

        Assert.Equal(Validity.Invalid, Assert.Single(verdicts).Validity);
    }

    [EngineFact("redis", IsLong = true)]
    public void With_fencing_it_is_refused()
    {
        var (run, verdicts) = LiveEngines.Run(
            "redis", FaultPlan.None, s_stalled,
            ("config", "single"), ("workload", "fenced-lock"), ("stall", "on"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.Contains(run.History.Operations, operation => operation.Error == "FENCED");
    }

    [EngineFact("redis", IsLong = true)]
    public void Shards_are_linearizable_key_by_key_for_both_clients()
    {
        foreach (var client in new[] { "library", "wire" })
        {
            var (_, verdicts) = LiveEngines.Run(
                "redis", FaultPlan.None, 2 * s_short,
                ("config", "cluster"), ("workload", "register"), ("client", client));

            Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        }
    }

    [EngineFact("redis", IsLong = true)]
    public void Writes_that_too_few_replicas_have_are_in_doubt()
    {
        var cut = new PartitionFault { At = s_short / 2, For = 2 * s_short, Groups = [["n1"], ["n2", "n3"]] };

        var (run, _) = LiveEngines.Run(
            "redis", new([cut]), 2 * s_short, ("config", "replicas"), ("wait", "1"));

        Assert.Contains(
            run.History.Operations,
            operation => operation is { Outcome: Outcome.Info, Error: "WAIT found 0 of 1" });
    }

    static void AllHold(params (string Name, string Value)[] options)
    {
        var (_, verdicts) = LiveEngines.Run(
            "redis", FaultPlan.None, s_short, [("config", "single"), .. options]);

        Assert.All(verdicts, verdict => Assert.Equal(Validity.Valid, verdict.Validity));
    }
}
