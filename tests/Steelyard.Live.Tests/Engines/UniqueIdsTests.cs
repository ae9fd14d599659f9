using Steelyard.Histories;
using Steelyard.Live.Faults;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines;

/// <summary>Ids that an engine makes, and what a failover does to them.</summary>
public sealed class UniqueIdsTests
{
    static readonly TimeSpan s_short = TimeSpan.FromSeconds(1);

    [EngineFact("postgres")]
    public void PostgreSQL_gives_no_number_out_twice() =>
        Assert.Equal(Validity.Valid, Ids("postgres", FaultPlan.None, s_short, "single"));

    [EngineFact("etcd", IsLong = true)]
    public void No_two_puts_of_etcd_have_one_revision_over_a_kill_of_the_leader() => Assert.Equal(
        Validity.Valid,
        Ids("etcd", new([new CrashFault { At = s_short, For = s_short, Nodes = [Fault.Leader] }]),
            s_short * 5, "cluster"));

    // The replica hears nothing for a while before it is promoted, and counts on from what it had.
    [EngineFact("redis", IsLong = true)]
    public void Numbers_of_redis_come_again_from_a_replica_that_was_behind() => Assert.Equal(
        Validity.Invalid,
        Ids("redis",
            new(
            [
                new CutFault { At = s_short, For = s_short * 2, From = ["n1"], To = ["n3"] },
                new FailoverFault { At = s_short * 2.5, To = "n3" },
            ]),
            s_short * 4, "replicas"));

    static Validity Ids(string engine, FaultPlan plan, TimeSpan duration, string config)
    {
        var (run, verdicts) = LiveEngines.Run(
            engine, plan, duration, ("config", config), ("workload", "unique-ids"));

        Assert.True(run.Counters.Load.Answered > 30);
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
        return Assert.Single(verdicts).Validity;
    }
}
