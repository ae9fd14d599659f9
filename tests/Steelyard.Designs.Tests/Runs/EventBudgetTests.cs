using Steelyard.Designs.Tests.Hunts;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Runs;

public sealed class EventBudgetTests
{
    [Theory]
    [InlineData("bank")]
    [InlineData("bank --replication write-all")]
    [InlineData("bank --replication async")]
    [InlineData("chat")]
    [InlineData("chat --replication raft")]
    [InlineData("register")]
    [InlineData("kv --replication single")]
    [InlineData("register --replication quorum --n 5 --nodes 7 --resolve dotted --sloppy")]
    public void A_right_design_takes_less_than_a_tenth_of_its_budget_when_messages_are_doubled_and_slow(
        string command)
    {
        var scenario = DesignHunt.Scenario(command);
        var bad = new LinkFault
        {
            At = TimeSpan.FromSeconds(1),
            For = scenario.Load.Duration - TimeSpan.FromSeconds(2),
            Duplication = 1,
            Reordering = 0.3,
            Slowdown = 10,
        };

        var run = new SimulatedWorld().Execute(scenario, new([bad]), new(3), RunControl.None);

        Assert.InRange(run.Counters.Events, 5_000, scenario.EventBudget / 10);
    }
}
