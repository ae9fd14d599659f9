using Steelyard.Histories;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines.MariaDb;

public sealed class MariaDbTests
{
    static readonly TimeSpan s_short = TimeSpan.FromSeconds(2);

    [EngineFact("mariadb", IsLong = true)]
    public void Each_level_lets_through_what_is_said_of_it() =>
        Assert.Empty(LiveEngines.DifferencesOfIsolation("mariadb"));

    [EngineFact("mariadb", IsLong = true)]
    public void Repeatable_read_loses_money_unless_snapshots_are_isolated()
    {
        var (_, verdicts) = LiveEngines.Run("mariadb", FaultPlan.None, s_short, ("workload", "bank"));
        var (_, isolated) = LiveEngines.Run(
            "mariadb", FaultPlan.None, s_short, ("workload", "bank"), ("snapshot-isolation", "on"));

        Assert.Equal(Validity.Invalid, verdicts[0].Validity);
        Assert.All(isolated, verdict => Assert.Equal(Validity.Valid, verdict.Validity));
    }

    [EngineFact("mariadb", IsLong = true)]
    public void Serializable_transactions_are_serializable()
    {
        var (run, verdicts) = LiveEngines.Run(
            "mariadb", FaultPlan.None, s_short, ("isolation", "serializable"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.True(run.Counters.Load.Answered > 50);
    }

    [EngineFact("mariadb", IsLong = true)]
    public void A_server_that_syncs_keeps_what_it_acknowledged_over_a_kill()
    {
        var crash = new CrashFault { At = s_short / 2, For = s_short / 4, Nodes = ["n1"] };

        var (run, verdicts) = LiveEngines.Run("mariadb", new([crash]), s_short, ("workload", "set"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
    }
}
