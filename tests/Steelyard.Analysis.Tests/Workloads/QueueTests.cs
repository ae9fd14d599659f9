using Steelyard.Analysis.Workloads.Queues;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Workloads;

public class QueueTests
{
    const string Put = """
        0 invoke enqueue 1
        0 ok enqueue 1
        0 invoke enqueue 2
        0 ok enqueue 2
        1 invoke enqueue 3
        1 info enqueue 3
        4 invoke enqueue 4
        4 fail enqueue 4

        """;

    static Verdict Total(string taken) => new TotalQueue().Check(History.Parse(Put + taken));

    static Verdict Partial(string taken) => new PartialQueue().Check(History.Parse(Put + taken));

    [Fact]
    public void What_never_comes_out_is_lost()
    {
        var verdict = Total("2 invoke drain\n2 ok drain [2]");

        Assert.Equal("1 was enqueued by process 0 and never came out (lost)", verdict.Summary);
        Assert.Equal([0], Assert.Single(verdict.Anomalies).Witness);
    }

    [Fact]
    public void The_sentence_counts_recovered_and_duplicated_elements() => Assert.Equal(
        "all 2 acknowledged elements of 3 enqueues came out, none unexpected; 1 of unknown enqueues"
        + " recovered, 1 duplicated",
        Total("2 invoke dequeue\n2 ok dequeue 1\n2 invoke drain\n2 ok drain [2, 3, 1]").Summary);

    [Theory]
    [InlineData("2 invoke drain\n2 ok drain [1, 2, 9]")]
    [InlineData("2 invoke drain\n2 ok drain [1, 2, 4]")]
    public void What_nobody_put_in_is_unexpected(string taken)
    {
        Assert.Equal("unexpected", Assert.Single(Total(taken).Anomalies).Type);
        Assert.Equal("unexpected", Assert.Single(Partial(taken).Anomalies).Type);
    }

    [Fact]
    public void A_dequeue_of_unknown_outcome_may_have_taken_what_is_missing()
    {
        const string Crashed = "3 invoke dequeue\n3 info dequeue\n2 invoke drain\n";

        Assert.Equal(Validity.Unknown, Total(Crashed + "2 ok drain [2]").Validity);
        Assert.Equal(2, Total(Crashed + "2 ok drain []").Anomalies.Count);
        Assert.Equal(
            Validity.Unknown, Total("3 invoke drain\n3 info drain\n2 invoke drain\n2 ok drain []").Validity);
    }

    [Fact]
    public void An_element_that_comes_out_more_often_than_it_went_in_is_duplicated()
    {
        var verdict = Partial("2 invoke dequeue\n2 ok dequeue 1\n2 invoke dequeue\n2 ok dequeue 1");

        Assert.Equal(
            "1 was enqueued once and dequeued twice, the last time by process 2 (duplicated)",
            verdict.Summary);
        Assert.Equal([0, 4, 5], Assert.Single(verdict.Anomalies).Witness);
    }

    [Theory]
    [InlineData("2 invoke dequeue\n2 ok dequeue 3\n2 invoke dequeue\n2 ok dequeue empty")]
    [InlineData("2 invoke deq\n2 ok deq 2\n2 invoke deq\n2 ok deq nil")]
    public void Each_dequeue_with_an_enqueue_of_its_own_is_valid(string taken) =>
        Assert.Equal(Validity.Valid, Partial(taken).Validity);

    [Fact]
    public void An_element_out_before_it_went_in_is_unexpected() => Assert.Equal(
        "unexpected",
        Assert.Single(new PartialQueue().Check(History.Parse(
            "0 invoke deq\n0 ok deq 1\n0 invoke enq 1\n0 ok enq 1")).Anomalies).Type);

    static Verdict Once(string taken) => new ExactlyOnceQueue().Check(History.Parse(Put + taken));

    [Theory]
    [InlineData("2 invoke dequeue\n2 ok dequeue 1\n2 invoke drain\n2 ok drain [2]")]
    [InlineData("2 invoke dequeue\n2 ok dequeue 3\n2 invoke drain\n2 ok drain [2, 1]")]
    [InlineData("2 invoke drain\n2 ok drain [2, 1]\n3 invoke dequeue\n3 info dequeue")]
    public void What_comes_out_once_is_delivered_exactly_once(string taken) =>
        Assert.Equal(Validity.Valid, Once(taken).Validity);

    [Theory]
    [InlineData("2 invoke drain\n2 ok drain [2]", "lost",
        "1 was enqueued by process 0 and never came out, though process 2 found the queue empty later"
        + " (lost)")]
    [InlineData("2 invoke dequeue\n2 ok dequeue 2\n2 invoke drain\n2 ok drain [2, 1]", "duplicated",
        "2 was enqueued once and dequeued twice, the last time by process 2 (duplicated)")]
    [InlineData("2 invoke drain\n2 ok drain [2, 1, 3, 3]", "duplicated",
        "3 was enqueued once and dequeued twice, the last time by process 2 (duplicated)")]
    [InlineData("2 invoke drain\n2 ok drain [2, 1, 4]", "unexpected",
        "process 2 dequeued 4, which no enqueue that could have happened had put there (unexpected)")]
    public void What_comes_out_otherwise_is_told(string taken, string anomaly, string told)
    {
        Assert.Equal(anomaly, Assert.Single(Once(taken).Anomalies).Type);
        Assert.Equal(told, Once(taken).Summary);
    }

    [Fact]
    public void What_may_still_be_there_is_not_lost()
    {
        const string Part = "2 invoke dequeue\n2 ok dequeue 1\n";

        Assert.Contains("had not come out by the end", Once(Part).Summary);
        Assert.Equal(Validity.Invalid, Once(Part + "2 invoke dequeue\n2 ok dequeue nil").Validity);
        Assert.Equal(Validity.Valid, Once(Part + "2 invoke dequeue\n2 ok dequeue 2").Validity);
    }

    [Fact]
    public void A_crashed_dequeue_may_have_taken_one_element_and_no_more()
    {
        const string Crashed = "3 invoke dequeue\n3 info dequeue\n2 invoke drain\n";

        Assert.Equal(Validity.Unknown, Once(Crashed + "2 ok drain [2]").Validity);
        Assert.Equal(2, Once(Crashed + "2 ok drain []").Anomalies.Count);
    }
}
