using Steelyard.Histories;
using Steelyard.Live.Engines;
using Steelyard.Live.Faults;
using Steelyard.Live.Tests.Engines;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Faults;

public sealed class RollingRestartTests
{
    [EngineFact("redis")]
    public async Task It_waits_for_a_node_that_another_fault_takes_down_while_it_starts()
    {
        using var started = LiveEngines.Start("redis", "single");
        var (cluster, node) = (started.Cluster, started.Cluster.Nodes[0]);
        var isDown = new TaskCompletionSource();
        node.Started += Kill;

        var course = RestartInTurn.Begin(cluster, [node], TimeSpan.Zero, new());
        await isDown.Task;
        await Task.Delay(200);

        Assert.False(course.Done.IsCompleted);
        cluster.StartAgain(node);
        await course.Done;
        Assert.True(node.IsRunning);
        Assert.Empty(cluster.Troubles);

        void Kill(object? sender, EventArgs told)
        {
            node.Started -= Kill;
            node.Kill();
            isDown.SetResult();
        }
    }

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
