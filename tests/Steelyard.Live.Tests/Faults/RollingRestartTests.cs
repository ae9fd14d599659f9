using Steelyard.Histories;
using Steelyard.Live.Faults;
using Steelyard.Live.Tests.Engines;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Faults;

public sealed class RollingRestartTests
{
    [EngineFact("redis")]
    public void It_is_over_when_the_last_node_is_back()
    {
        var fault = new RollingRestartFault
        {
            At = TimeSpan.FromSeconds(0.2), Nodes = ["n3", "n2"],
        };

        var (run, verdicts) = LiveEngines.Run(
            "redis", new([fault]), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(0.2),
            ("config", "replicas"), ("workload", "set"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.Empty(run.Findings);
        Assert.Equal(
            [FaultPhase.Start, FaultPhase.End], run.History.Faults.Select(told => told.Phase));
        Assert.All(run.History.Faults, told => Assert.True(told.HadEffect));
        Assert.True(run.History.Faults[1].TimeNs < 3_000_000_000, "it ended by itself");
    }
}
