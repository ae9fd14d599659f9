using Steelyard.Histories;
using Steelyard.Simulation.Tests.Systems;
using Steelyard.Worlds;

namespace Steelyard.Simulation.Tests.Faults;

public sealed class FaultPlanCheckTests
{
    public static TheoryData<Fault, string> Mistakes { get; } = new()
    {
        {
            new CrashFault { At = TestRun.Ms(5000), Nodes = ["n9"] },
            "fault 1 (crash at 5s) should hit: expected one of n1, n2, n3 or leader, found \"n9\""
        },
        {
            new PauseFault { At = TestRun.Ms(10_000), Nodes = ["n1"] },
            "fault 1 (pause at 10s) should begin: expected from 0s to before the end at 10s, found 10s"
        },
        {
            new PartitionFault { At = TestRun.Ms(1000), Groups = [["n1", "n2"], ["n2", "n3"]] },
            "fault 1 (partition at 1s) should part: expected groups without a common node,"
                + " found n2 more than once"
        },
        {
            new PartitionFault { At = TestRun.Ms(1000), Groups = [["n1", "n2"]] },
            "fault 1 (partition at 1s) should part: expected two groups or more, none empty, found n1 n2"
        },
        {
            new LinkFault { At = TestRun.Ms(250), Loss = 1.5 },
            "fault 1 (link at 250ms) should have loss: expected a share from 0 to 1, found 1.5"
        },
        {
            new CrashFault { At = TestRun.Ms(250), For = TimeSpan.Zero, Nodes = ["n1"] },
            "fault 1 (crash at 250ms) should last: expected more than 0s, found 0s"
        },
        {
            new DrainFault { At = TestRun.Ms(250), Nodes = ["n1"] },
            "fault 1 (drain at 250ms) should drain: expected nodes that can be drained,"
                + " found test, which has simulated nodes"
        },
        {
            new SlowFault { At = TestRun.Ms(250), PerMessage = TestRun.Ms(1), Nodes = [] },
            "fault 1 (slow at 250ms) should hit: expected at least one node, found none"
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void A_fault_that_does_not_fit_is_named_with_what_was_expected(Fault fault, string line)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => TestRun.Of(3).Under(fault));

        Assert.Equal(line, mistake.Message);
    }

    [Fact]
    public void A_scenario_without_nodes_is_refused()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => TestRun.Of(0).Under());

        Assert.Equal("nodes: expected at least 1, found 0", mistake.Message);
    }
}
