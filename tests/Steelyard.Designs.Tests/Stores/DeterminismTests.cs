using Steelyard.Designs.Tests.Hunts;
using Steelyard.Worlds;

namespace Steelyard.Designs.Tests.Stores;

public sealed class DeterminismTests
{
    [Theory]
    [InlineData("register")]
    [InlineData("register --replication quorum --write-back")]
    [InlineData("register --replication quorum --sloppy --resolve dotted")]
    [InlineData("register --replication primary-backup-async")]
    [InlineData("kv --reads session")]
    public void Two_runs_of_a_seed_are_the_same_to_the_last_event(string command)
    {
        var scenario = Hunt.Scenario(command);
        for (var seed = 0UL; seed < 5; seed++)
        {
            var first = Hunt.Run(scenario, FaultPalette.All, seed);
            var second = Hunt.Run(Hunt.Scenario(command), FaultPalette.All, seed);
            Assert.Equal(first.History.Hash, second.History.Hash);
            Assert.Equal(first.ScheduleHash, second.ScheduleHash);
        }
    }
}
