using Steelyard.Designs.Tests.Hunts;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Stores;

public sealed class StoreDeterminismTests
{
    [Theory]
    [InlineData("register")]
    [InlineData("register --replication quorum --write-back")]
    [InlineData("register --replication quorum --sloppy --resolve dotted")]
    [InlineData("register --replication primary-backup-async")]
    [InlineData("kv --reads session")]
    public void Two_runs_of_a_seed_are_the_same_to_the_last_event(string command)
    {
        var scenario = DesignHunt.Scenario(command);
        for (var seed = 0UL; seed < 5; seed++)
        {
            var first = DesignHunt.Run(scenario, FaultPalette.All, seed);
            var second = DesignHunt.Run(DesignHunt.Scenario(command), FaultPalette.All, seed);
            Assert.Equal(first.History.Hash, second.History.Hash);
            Assert.Equal(first.ScheduleHash, second.ScheduleHash);
        }
    }
}
