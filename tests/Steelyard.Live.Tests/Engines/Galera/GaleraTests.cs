using Steelyard.Histories;
using Steelyard.Live.Matrix;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines.Galera;

public sealed class GaleraTests
{
    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [EngineFact("galera", IsLong = true)]
    public void A_server_that_was_killed_comes_back_and_nothing_acknowledged_is_missing()
    {
        var crash = new CrashFault { At = 2 * s_second, For = 3 * s_second, Nodes = ["n2"] };

        var (run, verdicts) = LiveEngines.Run("galera", new([crash]), 10 * s_second);

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
    }

    [EngineFact("galera", IsLong = true)]
    public void Scripts_find_a_lost_update_and_a_stale_read_across_servers()
    {
        var engine = LiveEngines.Named("galera");
        using var started = Live.Engines.StartedEngine.Start(
            engine, engine.UsualSetup("three"), keep: null, CancellationToken.None);

        foreach (var row in engine.Rows.OfType<ScriptRow>().Where(row => row.Expected == Expectation.Occurs))
        {
            var finding = row.Try(started.Cluster, CancellationToken.None).GetAwaiter().GetResult();
            Assert.True(finding.Occurred, $"{row.Workload}: {finding.Evidence}");
        }
    }
}
