using Steelyard.Histories;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Designs.Tests.Runs;

/// <summary>
/// A few nodes whose disks take long to sync, and one client beside the first that sends them what a test
/// says, when it says so.
/// </summary>
static class Script
{
    /// <summary>How long each sync takes; a journal's save is several of them.</summary>
    public static readonly TimeSpan SyncTime = TimeSpan.FromMilliseconds(100);

    static readonly RecordedWorkload s_once = new([new(0, 0, new("play", Value.Nil, Value.Nil))]);

    /// <summary>Plays a script once, with all the time it wants.</summary>
    public static void Play(
        int nodes, Func<INodeWorld, INode> createNode, Func<IClientWorld, Task> script)
    {
        var scenario = new Scenario
        {
            Design = "script",
            Summary = "one client that knows what it wants",
            Cluster = Topology.Of(("east", nodes)) with { SyncTime = new ConstantLatency(SyncTime) },
            Deployment = new SimulatedDeployment
            {
                CreateNode = createNode,
                CreateClient = world => new Player(world, script),
            },
            Load = new()
            {
                CreateWorkload = s_once.CreateWorkload,
                Arrivals = s_once.Arrivals,
                Clients = 1,
                Duration = TimeSpan.FromSeconds(5),
            },
        };
        var history = new SimulatedWorld().Execute(scenario, FaultPlan.None, new(1), RunControl.None).History;
        Assert.Equal(Outcome.Ok, Assert.Single(history.Operations).Outcome);
    }

    sealed class Player(IClientWorld world, Func<IClientWorld, Task> script) : IClient
    {
        public async ValueTask<Completion> Invoke(Invocation invocation)
        {
            await script(world);
            return Completion.Ok(Value.Nil);
        }
    }

}
