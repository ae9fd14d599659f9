using Steelyard.Histories;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines.Memcached;

public sealed class MemcachedTests
{
    static readonly TimeSpan s_short = TimeSpan.FromSeconds(2);

    static FaultPlan Kill => new(
        [new CrashFault { At = TimeSpan.FromSeconds(1), For = s_short / 8, Nodes = ["n1"] }]);

    [EngineFact("memcached")]
    public void A_cache_that_was_killed_has_forgotten_and_tells_nothing_old()
    {
        var (run, verdicts) = LiveEngines.Run("memcached", Kill, s_short, ("workload", "cache"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
        Assert.Contains(run.History.Operations, operation => operation.Error == "miss");
    }

    [EngineFact("memcached")]
    public void A_counter_that_was_killed_begins_anew()
    {
        var (_, verdicts) = LiveEngines.Run("memcached", Kill, s_short, ("workload", "counter"));

        Assert.Equal(Validity.Invalid, Assert.Single(verdicts).Validity);
    }

    [EngineFact("memcached", IsLong = true)]
    public void Registers_are_linearizable_while_it_lives()
    {
        var (_, verdicts) = LiveEngines.Run("memcached", FaultPlan.None, s_short, ("workload", "register"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
    }

    [EngineFact("memcached", IsLong = true)]
    public void What_was_used_longest_ago_is_evicted() => Assert.True(
        LiveEngines.Try("memcached", "one server of 32 MB", "an acknowledged value is evicted").Occurred);
}
