using Steelyard.Histories;
using Steelyard.Live.Engines.ZooKeeper;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines.ZooKeeper;

public sealed class ZooKeeperTests
{
    static readonly TimeSpan s_short = TimeSpan.FromSeconds(5);

    [EngineFact("zookeeper", IsLong = true)]
    public void Plain_reads_keep_causes_before_effects_over_a_kill_of_the_leader()
    {
        Assert.Equal(Validity.Valid, Register("plain", KillLeader()));
    }

    [EngineFact("zookeeper", IsLong = true)]
    public void Reads_after_a_sync_are_linearizable()
    {
        Assert.Equal(Validity.Valid, Register("sync", FaultPlan.None));
    }

    [EngineFact("zookeeper", IsLong = true)]
    public async Task A_plain_read_on_a_follower_that_hears_nothing_is_stale()
    {
        var engine = LiveEngines.Named("zookeeper");
        using var started = Live.Engines.StartedEngine.Start(
            engine, engine.Setups[0], keep: null, CancellationToken.None);

        var finding = await ZooKeeperStaleRead.Try((ZooKeeperCluster)started.Cluster, CancellationToken.None);

        Assert.True(finding.Occurred, finding.Evidence);
    }

    [EngineFact("zookeeper", IsLong = true)]
    public void What_was_acknowledged_is_there_after_all_were_killed()
    {
        var crash = new CrashFault
        {
            At = TimeSpan.FromSeconds(2), For = TimeSpan.FromSeconds(1), Nodes = ["n1", "n2", "n3"],
        };

        var (_, verdicts) = LiveEngines.Run("zookeeper", new([crash]), s_short, ("workload", "set"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
    }

    [EngineFact("zookeeper", IsLong = true)]
    public void A_counter_that_is_read_after_a_sync_is_never_wrong()
    {
        var (_, verdicts) = LiveEngines.Run(
            "zookeeper", FaultPlan.None, s_short, ("workload", "counter"), ("reads", "sync"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
    }

    [EngineFact("zookeeper", IsLong = true)]
    public void An_update_under_a_lock_is_lost_without_fencing()
    {
        Assert.Equal(Validity.Invalid, LockedSet(fencing: "none"));
    }

    [EngineFact("zookeeper", IsLong = true)]
    public void No_update_under_a_lock_is_lost_with_fencing()
    {
        Assert.Equal(Validity.Valid, LockedSet(fencing: "ticket"));
    }

    static FaultPlan KillLeader() => new([new CrashFault
    {
        At = TimeSpan.FromSeconds(1), For = TimeSpan.FromSeconds(2), Nodes = [Fault.Leader],
    }]);

    static Validity Register(string reads, FaultPlan plan)
    {
        var (run, verdicts) = LiveEngines.Run("zookeeper", plan, s_short, ("reads", reads));
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
        return Assert.Single(verdicts).Validity;
    }

    static Validity LockedSet(string fencing)
    {
        var (_, verdicts) = LiveEngines.Run(
            "zookeeper", FaultPlan.None, TimeSpan.FromSeconds(25),
            ("workload", "locked-set"), ("holders", "stalled"), ("fencing", fencing));
        return Assert.Single(verdicts).Validity;
    }
}
