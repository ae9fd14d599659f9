using Steelyard.Analysis.Effects;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Effects;

public class AvailableDuringPartitionTests
{
    [Fact]
    public void A_side_that_refuses_is_invalid_and_named_with_its_share()
    {
        var history = new PartitionedHistory()
            .Ask("n3", Outcome.Fail)
            .Cut()
            .Ask("n1", Outcome.Ok).Ask("n2", Outcome.Ok)
            .Ask("n3", Outcome.Fail, error: "no quorum").Ask("n3", Outcome.Info).Ask("n3", Outcome.Ok)
            .Mend()
            .Build();

        var verdict = new AvailableDuringPartition(0.9).Check(history);

        Assert.Equal(Validity.Invalid, verdict.Validity);
        var anomaly = Assert.Single(verdict.Anomalies);
        Assert.Equal(
            "during the partition, the minority side (n3) answered 1 of 3 requests within 1 s (33.3 %),"
            + " fewer than 90 %",
            anomaly.Explanation);
        Assert.Equal([3, 4], anomaly.Witness);
    }

    [Theory]
    [InlineData("crash", new[] { "n3" }, Validity.Valid)]
    [InlineData("link", new string[0], Validity.Valid)]
    [InlineData("crash", new[] { "n1" }, Validity.Invalid)]
    public void What_something_else_than_the_cut_may_hold_up_is_not_judged(
        string kind, string[] nodes, Validity expected)
    {
        var history = new PartitionedHistory()
            .Cut()
            .Ask("n1", Outcome.Ok).Ask("n3", Outcome.Ok)
            .Wait(TimeSpan.FromSeconds(2)).Hit(kind, nodes)
            .Ask("n3", Outcome.Info)
            .Over(kind).Mend()
            .Build();

        Assert.Equal(expected, new AvailableDuringPartition(1).Check(history).Validity);
    }

    [Theory]
    [InlineData(1, Validity.Valid)]
    [InlineData(10, Validity.Invalid)]
    public void Soon_after_such_a_fault_nothing_is_judged_and_later_all(int seconds, Validity expected)
    {
        var history = new PartitionedHistory()
            .Cut()
            .Ask("n1", Outcome.Ok).Ask("n3", Outcome.Ok)
            .Wait(TimeSpan.FromSeconds(2)).Hit("pause", "n3").Wait(TimeSpan.FromSeconds(1)).Over("pause")
            .Wait(TimeSpan.FromSeconds(seconds)).Ask("n3", Outcome.Info)
            .Mend()
            .Build();

        Assert.Equal(expected, new AvailableDuringPartition(1).Check(history).Validity);
    }

    [Fact]
    public void The_side_that_was_served_worst_is_named_first()
    {
        var history = new PartitionedHistory()
            .Cut()
            .Ask("n1", Outcome.Ok).Ask("n2", Outcome.Fail, error: "parent never sent")
            .Ask("n3", Outcome.Fail, error: "no quorum").Ask("n3", Outcome.Fail, error: "no quorum")
            .Heal()
            .Build();

        var verdict = new AvailableDuringPartition(1).Check(history);

        Assert.Equal(2, verdict.Anomalies.Count);
        Assert.Contains("the minority side (n3) answered 0 of 2", verdict.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_twin_that_answers_on_both_sides_is_valid()
    {
        var history = new PartitionedHistory()
            .Ask("n3", Outcome.Fail)
            .Cut()
            .Ask("n1", Outcome.Ok).Ask("n2", Outcome.Ok).Ask("n3", Outcome.Ok).Ask("n3", Outcome.Ok)
            .Mend()
            .Ask("n3", Outcome.Fail)
            .Build();

        var verdict = new AvailableDuringPartition(1).Check(history);

        Assert.Equal(Validity.Valid, verdict.Validity);
        Assert.Equal(
            "every side answered all of its requests within 1 s during the partition (4 requests)",
                verdict.Summary);
    }

    [Fact]
    public void An_operation_that_never_ends_is_not_answered()
    {
        var history = new PartitionedHistory()
            .Cut().Ask("n1", Outcome.Ok).Ask("n3", Outcome.Open).Heal().Build();
        Assert.Equal(Validity.Invalid, new AvailableDuringPartition(0.5).Check(history).Validity);
    }

    [Fact]
    public void An_answer_that_comes_after_the_limit_is_none()
    {
        var history = new PartitionedHistory()
            .Cut().Ask("n1", Outcome.Ok).Ask("n3", Outcome.Ok, latencyNs: 1_000_000_001).Heal().Build();
        Assert.Equal(Validity.Invalid, new AvailableDuringPartition(1).Check(history).Validity);
        Assert.Equal(
            Validity.Valid, new AvailableDuringPartition(1, TimeSpan.FromSeconds(2)).Check(history).Validity);
    }

    [Fact]
    public void What_was_due_and_never_sent_is_not_answered()
    {
        var history = new PartitionedHistory()
            .Cut().Ask("n1", Outcome.Ok).Ask("n3", Outcome.Ok).NeverSent("n3").Heal().Build();
        Assert.Contains(
            "answered 1 of 2", new AvailableDuringPartition(1).Check(history).Summary,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_share_just_met_is_kept()
    {
        var history = new PartitionedHistory()
            .Cut().Ask("n1", Outcome.Ok).Ask("n3", Outcome.Ok).Ask("n3", Outcome.Fail).Heal().Build();
        Assert.Equal(Validity.Valid, new AvailableDuringPartition(0.5).Check(history).Validity);
        Assert.Equal(Validity.Invalid, new AvailableDuringPartition(0.51).Check(history).Validity);
    }

    [Fact]
    public void Requests_after_the_heal_are_not_the_partitions()
    {
        var history = new PartitionedHistory()
            .Cut().Ask("n1", Outcome.Ok).Ask("n3", Outcome.Ok).Heal().Ask("n3", Outcome.Fail).Build();
        Assert.Equal(Validity.Valid, new AvailableDuringPartition(1).Check(history).Validity);
    }

    [Fact]
    public void Cuts_that_overlap_are_judged_together()
    {
        // n2 is with n1 in the first cut, and alone while the second lasts too.
        var history = new PartitionedHistory()
            .Cut(["n1", "n2"], ["n3"]).Ask("n2", Outcome.Ok).Ask("n1", Outcome.Ok).Ask("n3", Outcome.Ok)
            .Cut(["n1", "n3"], ["n2"]).Ask("n2", Outcome.Fail).Ask("n1", Outcome.Ok).Ask("n3", Outcome.Ok)
            .Build();

        var verdict = new AvailableDuringPartition(1).Check(history);

        Assert.Equal(
            "during the partition, n2 answered 0 of 1 requests within 1 s (0 %), fewer than 100 %",
            Assert.Single(verdict.Anomalies).Explanation);
    }

    [Fact]
    public void Without_a_partition_nothing_is_decided()
    {
        var verdict =
            new AvailableDuringPartition(1).Check(new PartitionedHistory().Ask("n1", Outcome.Ok).Build());
        Assert.Equal(Validity.Unknown, verdict.Validity);
        Assert.Equal("the cluster was never cut apart", verdict.Exhausted);
    }

    [Fact]
    public void A_side_that_nobody_asked_leaves_it_undecided()
    {
        var history = new PartitionedHistory().Cut().Ask("n1", Outcome.Ok).Mend().Build();
        Assert.Equal(Validity.Unknown, new AvailableDuringPartition(1).Check(history).Validity);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void A_share_outside_zero_to_one_is_the_users_mistake(double share) =>
        Assert.Throws<UserMistakeException>(() => new AvailableDuringPartition(share));
}
