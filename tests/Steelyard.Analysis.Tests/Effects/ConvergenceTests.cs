using Steelyard.Analysis.Effects;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Effects;

public class ConvergenceTests
{
    [Fact]
    public void Two_replicas_that_differ_are_named_with_the_place_where_they_do()
    {
        var verdict = new ReplicasConverge().Check(History.Parse("""
            0 invoke replica-state key=n1
            0 ok     replica-state {applied: [a, b], balances: {1: 5, 2: 7}}
            0 invoke replica-state key=n2
            0 ok     replica-state {applied: [a, b], balances: {1: 5, 2: 8}}
            """));

        Assert.Equal(
            "n1 and n2 still differ after the heal: balances 2 is 7 at n1 and 8 at n2", verdict.Summary);
        Assert.Equal([0, 1], verdict.Anomalies[0].Witness);
    }

    [Fact]
    public void Lists_that_differ_in_order_differ()
    {
        var verdict = new ReplicasConverge().Check(History.Parse("""
            0 invoke replica-state
            0 ok     replica-state {applied: [a, b]}
            0 invoke replica-state
            0 ok     replica-state {applied: [b, a]}
            """));

        Assert.Equal("divergence", Assert.Single(verdict.Anomalies).Type);
    }

    [Fact]
    public void Equal_replicas_have_converged() => Assert.Equal(
        "all 2 replicas ended in the same state",
        new ReplicasConverge().Check(History.Parse("""
            0 invoke replica-state
            0 ok     replica-state {x: 1}
            1 invoke replica-state
            1 ok     replica-state {x: 1}
            """)).Summary);

    [Fact]
    public void A_node_that_is_no_member_has_nothing_to_agree_on()
    {
        Assert.Equal(Validity.Valid, Told(ReplicasConverge.NotAMember).Validity);
        Assert.Equal("1 of 2 replicas did not tell their state", Told("timeout").Exhausted);

        static Verdict Told(string error)
        {
            var history = new HistoryBuilder();
            var member = history.Invoke(0, Functions.ReplicaState, "n1", Value.Nil);
            history.Complete(member, Outcome.Ok, 1);
            var other = history.Invoke(1, Functions.ReplicaState, "n2", Value.Nil);
            history.Complete(other, Outcome.Fail, Value.Nil, error: error);
            return new ReplicasConverge().Check(history.Build());
        }
    }

    [Fact]
    public void A_replica_that_did_not_answer_leaves_it_open() => Assert.Equal(
        "1 of 2 replicas did not tell their state",
        new ReplicasConverge().Check(History.Parse("""
            0 invoke replica-state
            0 ok     replica-state {x: 1}
            1 invoke replica-state
            1 info   replica-state
            """)).Exhausted);
}
