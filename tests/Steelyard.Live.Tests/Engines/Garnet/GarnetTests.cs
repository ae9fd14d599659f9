using Steelyard.Histories;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines.Garnet;

public sealed class GarnetTests
{
    static readonly TimeSpan s_short = TimeSpan.FromSeconds(3);

    [EngineFact("garnet", IsLong = true)]
    public void What_is_committed_before_the_answer_outlives_a_kill() => Kill("wait", Validity.Valid);

    [EngineFact("garnet", IsLong = true)]
    public void What_is_never_committed_does_not() => Kill("never", Validity.Invalid);

    [EngineFact("garnet", IsLong = true)]
    public void Scripts_are_strict_serializable()
    {
        var (run, verdicts) = LiveEngines.Run("garnet", FaultPlan.None, s_short, ("workload", "append"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.True(run.Counters.Load.Answered > 100);
    }

    static void Kill(string commit, Validity expected)
    {
        var crash = new CrashFault { At = s_short / 2, For = s_short / 6, Nodes = ["n1"] };

        var (run, verdicts) = LiveEngines.Run("garnet", new([crash]), s_short, ("commit", commit));

        Assert.Equal(expected, Assert.Single(verdicts).Validity);
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
    }
}
