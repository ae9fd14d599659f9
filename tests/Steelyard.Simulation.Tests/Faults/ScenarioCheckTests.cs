using Steelyard.Histories;
using Steelyard.Simulation.Tests.Systems;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Tests.Faults;

public sealed class ScenarioCheckTests
{
    [Fact]
    public void A_scenario_without_nodes_is_refused()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => TestRun.Of(0).Under());

        Assert.Equal("nodes: expected at least 1, found 0", mistake.Message);
    }

    [Fact]
    public void A_plan_that_does_not_fit_is_refused_before_anything_runs()
    {
        var drain = new DrainFault { At = TestRun.Ms(250), Nodes = ["n1"] };

        var mistake = Assert.Throws<UserMistakeException>(() => TestRun.Of(3).Under(drain));

        Assert.StartsWith(
            "fault 1 (drain at 250ms) cannot hit n1: ", mistake.Message, StringComparison.Ordinal);
    }
}
