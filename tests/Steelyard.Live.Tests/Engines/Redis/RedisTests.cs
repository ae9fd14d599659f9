using Steelyard.Histories;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines.Redis;

public sealed class RedisTests
{
    static readonly TimeSpan s_short = TimeSpan.FromSeconds(2);

    [EngineFact("redis")]
    public void A_single_server_is_linearizable()
    {
        var (run, verdicts) = LiveEngines.Run(
            "redis", FaultPlan.None, s_short, ("config", "single"), ("workload", "register"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.True(run.Counters.Load.Answered > 100);
    }

    [EngineFact("redis")]
    public void A_single_server_that_syncs_keeps_what_it_acknowledged_over_a_kill()
    {
        var crash = new CrashFault { At = TimeSpan.FromSeconds(1), For = s_short / 4, Nodes = ["n1"] };

        var (run, verdicts) = LiveEngines.Run("redis", new([crash]), s_short, ("config", "single"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
    }

    // Sentinels need a second to see that it is gone, and another one to promote.
    [EngineFact("redis")]
    public void A_primary_that_is_cut_off_loses_what_it_acknowledges_after_another_was_promoted()
    {
        var cut = new PartitionFault
        {
            At = TimeSpan.FromSeconds(1), For = TimeSpan.FromSeconds(5), Groups = [["n1"], ["n2", "n3"]],
        };

        var (run, verdicts) = LiveEngines.Run("redis", new([cut]), TimeSpan.FromSeconds(7));

        Assert.Equal(Validity.Invalid, Assert.Single(verdicts).Validity);
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
    }
}
