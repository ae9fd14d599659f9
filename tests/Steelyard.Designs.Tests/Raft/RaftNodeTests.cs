using Steelyard.Designs.Raft;
using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Tests.HandDelivery;

namespace Steelyard.Designs.Tests.Raft;

/// <summary>What clients are told by replicas whose messages are delivered by hand.</summary>
public sealed class RaftNodeTests
{
    const int Client = 7;
    const int Other = 8;

    [Fact]
    public void A_write_that_waits_when_its_leader_steps_down_is_never_answered_with_anothers()
    {
        var cluster = Cluster();
        var (old, followers) = Leading(cluster, 0, 1, 2);
        Ask(cluster, old, Client, Write(1, 256));
        cluster.Letters.Clear();
        var (next, _) = Leading(cluster, followers);
        Ask(cluster, next, Other, Write(2, 264));
        cluster.Run(400, 0, 1, 2);

        var refusal = Assert.IsType<Refusal>(Assert.Single(AnswersTo(cluster, Client)));
        Assert.True(refusal.MayStillHappen);
        var answer = Assert.IsType<Answer>(Assert.Single(AnswersTo(cluster, Other)));
        Assert.Equal(264, answer.Completion.Output);
        Assert.False(cluster[old].IsLeader);
    }

    [Fact]
    public void A_read_that_waits_when_its_leader_steps_down_is_refused()
    {
        var cluster = Cluster();
        var (leader, _) = Leading(cluster, 0, 1, 2);
        Ask(cluster, leader, Client, new(new(1, 1), new(Functions.Read, "x", Value.Nil)));
        cluster.Run(1000);
        Assert.IsType<Refusal>(Assert.Single(AnswersTo(cluster, Client)));
    }

    static HandCluster<RaftNode> Cluster() =>
        new(3, world => new(world, static () => new Registers(), new()));

    // Lets some of the replicas alone until one of them leads.
    static (int Leader, int[] Followers) Leading(HandCluster<RaftNode> cluster, params int[] replicas)
    {
        cluster.Run(1500, replicas);
        var leader = replicas.Single(replica => cluster[replica].IsLeader);
        return (leader, [.. replicas.Where(replica => replica != leader)]);
    }

    static void Ask(HandCluster<RaftNode> cluster, int replica, int client, Request request) =>
        cluster.Deliver(new(new(client), new(replica), request));

    static IEnumerable<Message> AnswersTo(HandCluster<RaftNode> cluster, int client) =>
        cluster.Answers.Where(letter => letter.To.Index == client).Select(letter => letter.Message);

    static Request Write(int session, int value) =>
        new(new(session, 1), new(Functions.Write, "x", value));
}
