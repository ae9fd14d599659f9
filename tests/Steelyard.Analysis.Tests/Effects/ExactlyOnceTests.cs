using Steelyard.Analysis.Effects;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Effects;

public class ExactlyOnceTests
{
    const string Asked = """
        0 invoke transfer {id: t1, from: 1, to: 2, amount: 1250}
        0 ok     transfer true
        0 invoke transfer {id: t2, from: 1, to: 2, amount: 500}
        0 fail   transfer
        0 invoke transfer {id: t3, from: 1, to: 2, amount: 99900}
        0 ok     transfer false
        0 invoke transfer {id: t4, from: 1, to: 2, amount: 100}
        0 info   transfer

        """;

    static Verdict Judge(string applied) => new ExactlyOnce().Check(History.Parse(
        Asked + $"8 invoke replica-state key=n2\n8 ok replica-state {{applied: {applied}}}"));

    [Fact]
    public void A_retry_that_charged_twice_is_caught_with_its_money()
    {
        var verdict = Judge("[t1, t1]");

        Assert.Equal("applied-twice", verdict.Anomalies[0].Type);
        Assert.Equal(
            "transfer t1 ($12.50 from account 1 to account 2) took effect twice at n2", verdict.Summary);
        Assert.Equal([0, 4], verdict.Anomalies[0].Witness);
    }

    [Theory]
    [InlineData("[]", "lost-effect")]
    [InlineData("[t1, t2]", "applied-after-refusal")]
    [InlineData("[t1, t3]", "applied-after-refusal")]
    [InlineData("[t1, t4, t4]", "applied-twice")]
    [InlineData("[t1, t9]", "effect-from-nowhere")]
    public void Every_wrong_effect_has_its_name(string applied, string anomaly) =>
        Assert.Equal(anomaly, Assert.Single(Judge(applied).Anomalies).Type);

    [Theory]
    [InlineData("[t1]")]
    [InlineData("[t4, t1]")]
    public void An_unknown_outcome_may_have_taken_effect_or_not(string applied) =>
        Assert.Equal(Validity.Valid, Judge(applied).Validity);

    [Fact]
    public void The_sentence_counts_what_was_judged() => Assert.Equal(
        "each of 1 acknowledged transfer took effect exactly once at each of 1 replica; refused ones never,"
        + " 1 of unknown outcome at most once",
        Judge("[t1]").Summary);

    [Fact]
    public void Without_a_replicas_word_nothing_is_decided() =>
        Assert.Equal(Validity.Unknown, new ExactlyOnce().Check(History.Parse(Asked)).Validity);

    [Fact]
    public void A_second_attempt_under_the_same_id_is_the_same_operation()
    {
        var verdict = new ExactlyOnce().Check(History.Parse("""
            0 invoke transfer {id: t1, from: 1, to: 2, amount: 100}
            0 info   transfer
            1 invoke transfer {id: t1, from: 1, to: 2, amount: 100}
            1 ok     transfer true
            2 invoke replica-state key=n1
            2 ok     replica-state {applied: []}
            """));

        Assert.Equal("lost-effect", verdict.Anomalies[0].Type);
    }

    [Theory]
    [InlineData("ok t1", Validity.Valid, "exactly once (charge)")]
    [InlineData("ok t1; ok t1", Validity.Invalid, "took effect twice (charge)")]
    [InlineData("ok t1; info t1", Validity.Unknown, "may have taken effect (charge) more than once")]
    [InlineData("info t1", Validity.Unknown, "whether it took effect (charge) cannot be seen")]
    [InlineData("ok t1; fail t1", Validity.Valid, "exactly once")]
    [InlineData("ok t2", Validity.Invalid, "was refused, yet took effect (charge)")]
    [InlineData("ok t4; ok t1", Validity.Valid, "exactly once")]
    [InlineData("ok t4", Validity.Invalid, "was acknowledged, yet never took effect (charge)")]
    [InlineData("ok t1; info nil", Validity.Unknown, "of 1 effect (charge) nobody knows whose it is")]
    [InlineData("ok t1; ok t9", Validity.Unknown, "t9 took effect (charge), and no operation with this id")]
    public void Effects_that_were_seen_one_by_one_are_counted(string seen, Validity expected, string told)
    {
        var effects = seen.Split("; ")
            .Select((one, number) => $"{20 + number} invoke effect key=charge {{id: {one.Split(' ')[1]}}}\n"
            + $"{20 + number} {one.Split(' ')[0]} effect key=charge\n");

        var verdict = new ExactlyOnce(null).Check(History.Parse(Asked + string.Concat(effects)));

        Assert.Equal(expected, verdict.Validity);
        Assert.Contains(told, verdict.Summary, StringComparison.Ordinal);
    }
}
