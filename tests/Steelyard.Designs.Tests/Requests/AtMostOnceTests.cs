using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Designs.Tests.Requests;

public sealed class AtMostOnceTests
{
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void A_copy_of_what_was_refused_is_not_carried_out_later(bool isRemembered, int applied)
    {
        var node = new Moody();
        var answers = Play(node, isRemembered, Functions.Write, copies: 1);

        Assert.Equal((1, "Fail"), (answers.Count, answers[0]));
        Assert.Equal(applied, node.Applied);
    }

    [Fact]
    public void A_copy_of_what_was_done_is_not_done_again_and_is_answered_alike()
    {
        var node = new Moody { Moods = 0 };
        var answers = Play(node, isRemembered: true, Functions.Write, copies: 1);

        Assert.Equal("Ok", Assert.Single(answers));
        Assert.Equal(1, node.Applied);
    }

    [Fact]
    public void A_read_passes_as_often_as_it_comes()
    {
        var node = new Moody { Moods = 0 };
        Play(node, isRemembered: true, Functions.Read, copies: 1);

        Assert.Equal(2, node.Applied);
    }

    [Fact]
    public void A_write_that_is_meant_for_an_earlier_life_is_not_taken()
    {
        var node = new Moody { Moods = 0 };
        var crash = new CrashFault
        {
            At = TimeSpan.FromSeconds(2), For = TimeSpan.FromSeconds(0.5), Nodes = ["n1"],
        };

        var lives = new List<long>();
        Play(node, isRemembered: true, Functions.Write, copies: 0, new([crash]), seen: lives, operations: 2);

        Assert.Equal(2, lives.Distinct().Count());
        Assert.DoesNotContain(0L, lives);
        Assert.Equal(2, node.Applied);
    }

    // Each operation is one write under all its retries; its last message comes so many times more.
    static List<string> Play(
        Moody node, bool isRemembered, string function, int copies, FaultPlan? faults = null,
        List<long>? seen = null, int operations = 1)
    {
        var few = new RecordedWorkload([.. Enumerable.Range(1, operations).Select(second =>
            new RecordedOperation(second * 1_000_000_000L, 0, new(function, Value.Nil, 7)))]);
        var scenario = new Scenario
        {
            Design = "moody",
            Summary = "a node that refuses at first",
            Cluster = Topology.Of(("east", 1)) with { Duplication = copies },
            Deployment = new SimulatedDeployment
            {
                CreateNode = world => isRemembered
                    ? new AtMostOnce(world, name => name == Functions.Read, inner => node.On(inner, seen))
                    : node.On(world, seen),
                CreateClient = world => new RetryingClient(
                    world, new() { IsRead = name => name == Functions.Read, Patience = TimeSpan.Zero }),
            },
            Load = new()
            {
                CreateWorkload = few.CreateWorkload,
                Arrivals = few.Arrivals,
                Clients = 1,
                Duration = TimeSpan.FromSeconds(8),
            },
        };

        var run = new SimulatedWorld().Execute(scenario, faults ?? FaultPlan.None, new(1), RunControl.None);
        return [.. run.History.Operations.Select(operation => operation.Outcome.ToString())];
    }

    // Refuses as often as it is in a mood to, and then does what it is asked.
    sealed class Moody : INode
    {
        INodeWorld? _world;
        List<long>? _lives;

        public int Moods { get; set; } = 1;

        public int Applied { get; private set; }

        public Moody On(INodeWorld world, List<long>? lives)
        {
            (_world, _lives) = (world, lives);
            return this;
        }

        public void Start()
        {
        }

        public void Receive(NodeId from, Message message)
        {
            var request = (Request)message;
            _lives?.Add(request.Life);
            if (Moods-- > 0)
            {
                _world!.Send(from, new Refusal("not now"));
                return;
            }

            Applied++;
            _world!.Send(from, new Answer(Completion.Ok(request.Command.Input), 0));
        }
    }
}
