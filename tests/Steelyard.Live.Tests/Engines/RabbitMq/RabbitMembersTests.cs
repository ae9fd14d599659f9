using Steelyard.Histories;
using Steelyard.Live.Engines.RabbitMq;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines.RabbitMq;

public sealed class RabbitMembersTests
{
    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    // A node that joins takes 10 s and more to start.
    static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    [EngineFact("rabbitmq", IsLong = true)]
    public Task The_node_that_began_quorum_queues_can_leave_join_anew_and_lead_again() =>
        LeavesAndLeadsAgain("quorum");

    [EngineFact("rabbitmq", IsLong = true)]
    public Task The_node_that_began_mirrored_queues_can_leave_join_anew_and_lead_again() =>
        LeavesAndLeadsAgain("mirrored");

    static async Task LeavesAndLeadsAgain(string setup)
    {
        using var time = new CancellationTokenSource(s_patience);
        using var started = LiveEngines.Start("rabbitmq", setup);
        var cluster = (RabbitCluster)started.Cluster;
        var first = cluster.Nodes[0];

        await cluster.UntilChanged(MembershipChangeKind.Remove, first, time.Token);

        Assert.False(first.IsRunning);
        Assert.False(Operator().Knows(first));
        Assert.NotSame(first, await cluster.Leader());
        Assert.Equal(
            MembershipOutcome.Unfit, await cluster.Change(MembershipChangeKind.Remove, first, time.Token));

        await cluster.UntilChanged(MembershipChangeKind.AddVoter, first, time.Token);

        Assert.True(Operator().HasQueues(first));
        Assert.Equal(
            MembershipOutcome.Unfit, await cluster.Change(MembershipChangeKind.AddVoter, first, time.Token));

        await cluster.UntilChanged(MembershipChangeKind.Transfer, first, time.Token);

        Assert.Same(first, await cluster.Leader());

        RabbitOperator Operator() => new(cluster, cluster.Nodes[1]);
    }

    [EngineFact("rabbitmq", IsLong = true)]
    public void A_quorum_queue_keeps_what_it_confirmed_while_its_leader_goes_and_joins_anew()
    {
        var remove = new MembershipFault
        {
            At = 2 * s_second, For = 8 * s_second, Change = MembershipChangeKind.Remove, Nodes = ["n1"],
        };
        var add = remove with
        {
            At = 10 * s_second, For = 30 * s_second, Change = MembershipChangeKind.AddVoter,
        };

        var (run, verdicts) = LiveEngines.Run("rabbitmq", new([remove, add]), 45 * s_second);

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
    }
}
