using Steelyard.Histories;
using Steelyard.Histories.Measuring;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Tests.Contracts;

public sealed class MeasuredLimitTests
{
    [Theory]
    [InlineData("latency-p99 < 200ms", 64.9054, "ms", "64.905 ms, below 200 ms")]
    [InlineData("availability > 99%", 0.99928, "share", "99.928 %, above 99 %")]
    [InlineData("goodput >= 3880/s", 3989.32, "1/s", "3,989.3/s, at least 3,880/s")]
    [InlineData("missed = 0", 0, "reads", "0 reads")]
    public void What_holds_is_told_with_its_unit_and_its_bound(
        string limit, double value, string unit, string told)
    {
        var verdict = Judged(limit, value, unit);

        Assert.Equal(Validity.Valid, verdict.Validity);
        Assert.Equal(told, verdict.Summary);
    }

    [Theory]
    [InlineData("latency-p99 < 5s", 20804.6, "ms", "20,805 ms, not below 5,000 ms")]
    [InlineData("availability > 99.9%", 0.33344, "share", "33.344 %, not above 99.9 %")]
    [InlineData("availability = 100%", 0.999999, "share", "99.9999 %, not exactly 100 %")]
    [InlineData("cost < 1.2", 2, "money/h", "2 money/h, not below 1.2 money/h")]
    [InlineData("missed = 0", 1234567, "reads", "1,234,600 reads, not exactly 0 reads")]
    public void What_is_broken_says_what_was_asked_for(string limit, double value, string unit, string told)
    {
        var verdict = Judged(limit, value, unit);

        Assert.Equal(Validity.Invalid, verdict.Validity);
        Assert.Equal(told, Assert.Single(verdict.Anomalies).Explanation);
    }

    [Fact]
    public void It_bears_the_words_of_its_measurement() =>
        Assert.Equal("Latency, p99: below 200 ms", Judged("latency-p99 < 200ms", 1, "ms").Sentence);

    [Fact]
    public void What_was_not_measured_is_not_decided() =>
        Assert.Equal(
            Validity.Unknown, MeasuredLimit.Parse("latency-p99 < 200ms").Judge([]).Validity);

    [Theory]
    [InlineData("p99 < 200ms", "latency-p99 < 200ms")]
    [InlineData("staleness<=2m", "staleness-p99 <= 2m")]
    [InlineData("availability-minority>=99.95%", "availability-minority >= 99.95%")]
    [InlineData("throughput > 3880.5/s", "throughput > 3880.5/s")]
    [InlineData("cost = 12345.678", "cost = 12345.678")]
    public void It_is_written_as_it_is_read(string limit, string written)
    {
        Assert.Equal(written, MeasuredLimit.Parse(limit).ToString());
        Assert.Equal(MeasuredLimit.Parse(limit), MeasuredLimit.Parse(written));
    }

    [Fact]
    public void A_measurement_by_a_wrong_name_is_not_decided_and_the_right_one_is_named() => Assert.Equal(
        "latncy-p99 was not measured; did you mean \"latency-p99\"?",
        MeasuredLimit.Parse("latncy-p99 < 1s")
            .Judge([new("latency-p99", 3, "ms", Direction.LessIsBetter, 5)]).Exhausted);

    [Fact]
    public void A_bound_in_another_unit_than_what_was_measured_is_not_decided() => Assert.Equal(
        "availability is measured in shares, and the bound is in ms",
        MeasuredLimit.Parse("availability < 5ms")
            .Judge([new("availability", 1, "share", Direction.MoreIsBetter, 5)]).Exhausted);

    [Fact]
    public void What_never_came_though_it_was_looked_for_breaks_its_limit()
    {
        var verdict = MeasuredLimit.Parse("recovery < 5s")
            .Judge([new("recovery-time", double.NaN, "ms", Direction.LessIsBetter, 61)]);

        Assert.Equal("never, not below 5,000 ms", Assert.Single(verdict.Anomalies).Explanation);
    }

    [Fact]
    public void Where_nothing_was_there_to_measure_nothing_is_decided() => Assert.Equal(
        Validity.Unknown,
        MeasuredLimit.Parse("p99 < 5s")
            .Judge([new("latency-p99", double.NaN, "ms", Direction.LessIsBetter, 0)]).Validity);

    static Verdict Judged(string limit, double value, string unit)
    {
        var parsed = MeasuredLimit.Parse(limit);
        return parsed.Judge([new(parsed.Id, value, unit, Direction.Neither, 1) { Words = "Latency, p99" }]);
    }
}
