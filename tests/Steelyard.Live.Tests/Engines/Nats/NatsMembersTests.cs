using System.Text.Json;
using Steelyard.Histories;
using Steelyard.Live.Engines.Nats;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines.Nats;

public sealed class NatsMembersTests
{
    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    // Who is to lead comes up by chance, and each election takes a second or more.
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    [EngineFact("nats", IsLong = true)]
    public async Task A_server_that_was_removed_joins_anew_and_keeps_the_stream_again()
    {
        using var time = new CancellationTokenSource(s_patience);
        using var started = LiveEngines.Start("nats", "three");
        var cluster = (NatsCluster)started.Cluster;
        var last = cluster.Nodes[2];

        await cluster.UntilChanged(MembershipChangeKind.Remove, last, time.Token);

        Assert.False(last.IsRunning);
        Assert.DoesNotContain("n3", (await Keepers()).Members);
        Assert.Equal(
            MembershipOutcome.Unfit, await cluster.Change(MembershipChangeKind.Remove, last, time.Token));

        await cluster.UntilChanged(MembershipChangeKind.AddVoter, last, time.Token);

        Assert.Equal(["n1", "n2", "n3-1"], (await Keepers()).Current.Order(StringComparer.Ordinal));
        Assert.Equal(
            MembershipOutcome.Unfit, await cluster.Change(MembershipChangeKind.AddVoter, last, time.Token));

        await cluster.UntilChanged(MembershipChangeKind.Transfer, last, time.Token);

        Assert.Same(last, await cluster.Leader());

        Task<NatsGroup> Keepers() => cluster.KeepersOfStream(cluster.Nodes[0], time.Token);
    }

    [EngineFact("nats", IsLong = true)]
    public void A_stream_keeps_what_it_acknowledged_while_its_leader_goes_and_joins_anew()
    {
        var remove = new MembershipFault
        {
            At = 2 * s_second, For = 5 * s_second, Change = MembershipChangeKind.Remove, Nodes = ["n2"],
        };
        var add = remove with { At = 8 * s_second, Change = MembershipChangeKind.AddVoter };

        var (run, verdicts) = LiveEngines.Run("nats", new([remove, add]), 14 * s_second);

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(false, true, false)]
    [InlineData(true, false, true)]
    public void One_can_be_spared_while_a_majority_of_the_others_is_up_to_date(
        bool isSecondCurrent, bool isThirdCurrent, bool canSpareThird)
    {
        var group = NatsGroup.Of(JsonDocument.Parse(
            $$"""
            {"leader": "n1", "replicas": [{"name": "n2", "current": {{Word(isSecondCurrent)}}},
              {"name": "n3", "current": {{Word(isThirdCurrent)}}}]}
            """).RootElement);

        Assert.Equal(canSpareThird, group.CanSpare("n3"));

        static string Word(bool holds) => holds ? "true" : "false";
    }
}
