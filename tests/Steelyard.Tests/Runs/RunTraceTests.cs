using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Tests.Runs;

public sealed class RunTraceTests
{
    static readonly NodeId One = new(0);
    static readonly NodeId Other = new(1);

    [Fact]
    public void Everything_is_kept_up_to_the_bound()
    {
        var trace = new RunTrace();
        for (var at = 0; at < 5_000; at++)
            trace.Sent(at, at + 1, One, Other, new Ping(), null);
        trace.Noted(7, One, "leads");

        Assert.Equal(Enumerable.Range(0, 5_000), trace.Messages.Select(message => (int)message.SentNs));
        Assert.Equal("leads", Assert.Single(trace.Notes).Text);
        Assert.True(trace.Holds(0));
    }

    [Fact]
    public void Above_the_bound_the_oldest_go_and_it_is_known_from_when_on_all_is_there()
    {
        var trace = new RunTrace(mostBytes: 1_000_000);
        for (var at = 0; at < 20_000; at++)
            trace.Sent(at, at + 1, One, Other, new Ping(), null);

        var first = trace.Messages.First().SentNs;

        Assert.InRange(trace.Messages.Count(), 1_000, 4_000);
        Assert.Equal(19_999, trace.Messages.Last().SentNs);
        Assert.False(trace.Holds(first - 1));
        Assert.True(trace.Holds(first));
    }

    [Fact]
    public void The_state_of_a_node_before_what_is_kept_is_the_last_that_was_forgotten()
    {
        var trace = new RunTrace(mostBytes: 400_000);
        trace.Showed(0, Other, State("n2", 1));
        for (var at = 0; at < 5_000; at++)
            trace.Showed(at, One, State("n1", at));

        var states = trace.States.ToList();

        Assert.Equal([One, Other], states.Take(2).Select(state => state.Node));
        Assert.Equal(states[0].TimeNs + 1, states[2].TimeNs);
        Assert.True(states.Count < 3_000);
    }

    static NodeState State(string node, long term) =>
        new(node, NodeStatus.Up, [new("term", (Value)term)]);

    sealed record Ping : Message;
}
