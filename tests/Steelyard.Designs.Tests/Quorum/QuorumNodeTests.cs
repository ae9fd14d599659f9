using Steelyard.Designs.Quorum;
using Steelyard.Designs.Tests.Runs;
using Steelyard.Worlds.Contracts;
using Version = Steelyard.Designs.Quorum.Version;

namespace Steelyard.Designs.Tests.Quorum;

public class QuorumNodeTests
{
    static readonly Version Newer = Version.Tagged(7, new(1, 0));

    [Fact]
    public void A_replica_tells_nobody_what_a_crash_could_still_take_from_it()
    {
        Message? early = null;
        Message? late = null;
        Script.Play(1, world => new QuorumNode(world, new() { N = 1 }), async world =>
        {
            world.Send(world.Nodes[0], new Store("x", [Newer]));
            await world.Delay(TimeSpan.FromMilliseconds(20));
            early = await world.Call(world.Nodes[0], new Fetch("x"), TimeSpan.FromMilliseconds(20));
            late = await world.Call(world.Nodes[0], new Fetch("x"), TimeSpan.FromSeconds(2));
        });

        Assert.Null(early);
        Assert.Equal(7, Assert.Single(Assert.IsType<Fetched>(late).Versions).Value);
    }
}
