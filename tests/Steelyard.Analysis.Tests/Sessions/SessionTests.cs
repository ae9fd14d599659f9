using Steelyard.Analysis.Sessions;
using Steelyard.Analysis.Staleness;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Sessions;

public class SessionTests
{
    [Fact]
    public void A_process_that_misses_its_own_write_breaks_read_your_writes()
    {
        var verdict = new ReadYourWrites().Check(History.Parse("""
            0 invoke write key=x 1
            0 ok     write key=x
            1 invoke write key=x 2
            1 ok     write key=x
            1 invoke read key=x
            1 ok     read key=x 1
            """));

        var anomaly = Assert.Single(verdict.Anomalies);
        Assert.Equal("process 1 wrote 2 to x and then read 1, an older version", anomaly.Explanation);
        Assert.Equal([0, 1, 2], anomaly.Witness);
    }

    [Fact]
    public void Where_nobody_read_nothing_is_proved()
    {
        var history = History.Parse("""
            0 invoke write key=x 1
            0 ok     write key=x
            1 invoke append key=y a
            1 ok     append key=y
            1 invoke get key=y
            1 ok     get key=y b
            """);

        Assert.Equal(Validity.Unknown, new ReadYourWrites().Check(history).Validity);
        Assert.Equal(Validity.Unknown, new MonotonicReads().Check(history).Validity);
        Assert.Equal(Validity.Unknown, new BoundedStaleness(TimeSpan.Zero).Check(history).Validity);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("3")]
    [InlineData("[1, 2]")]
    public void A_process_that_reads_its_own_or_a_concurrent_write_keeps_read_your_writes(string read)
    {
        var verdict = new ReadYourWrites().Check(History.Parse($"""
            0 invoke write key=x 1
            0 ok     write key=x
            2 invoke write key=x 3
            1 invoke write key=x 2
            1 ok     write key=x
            2 ok     write key=x
            1 invoke read key=x
            1 ok     read key=x {read}
            """));

        Assert.Equal(Validity.Valid, verdict.Validity);
    }

    [Theory]
    [InlineData("nil")]
    [InlineData("[]")]
    public void Reading_the_initial_value_after_a_write_of_ones_own_is_invalid(string read)
    {
        var verdict = new ReadYourWrites().Check(History.Parse($"""
            0 invoke write 1
            0 ok     write
            0 invoke read
            0 ok     read {read}
            """));

        Assert.Equal(Validity.Invalid, verdict.Validity);
        Assert.Equal([0, 1], verdict.Anomalies[0].Witness);
    }

    [Fact]
    public void Another_process_may_miss_a_write_without_breaking_read_your_writes()
    {
        const string History = """
            0 invoke put key=x a
            0 ok     put key=x
            1 invoke get key=x
            1 ok     get key=x
            """;

        Assert.Equal(Validity.Valid, new ReadYourWrites().Check(Histories.History.Parse(History)).Validity);
    }

    [Fact]
    public void A_read_older_than_an_earlier_read_of_its_process_breaks_monotonic_reads()
    {
        var verdict = new MonotonicReads().Check(History.Parse("""
            0 invoke put key=x a
            0 ok     put key=x
            0 invoke put key=x b
            0 ok     put key=x
            1 invoke get key=x
            1 ok     get key=x b
            1 invoke get key=x
            1 ok     get key=x a
            """));

        var anomaly = Assert.Single(verdict.Anomalies);
        Assert.Equal("process 1 read b from x and then a, an older version", anomaly.Explanation);
        Assert.Equal([0, 1, 2, 3], anomaly.Witness);
    }

    [Fact]
    public void Two_processes_may_see_versions_of_different_age()
    {
        var verdict = new MonotonicReads().Check(History.Parse("""
            0 invoke put key=x a
            0 ok     put key=x
            0 invoke put key=x b
            0 ok     put key=x
            1 invoke get key=x
            1 ok     get key=x b
            2 invoke get key=x
            2 ok     get key=x a
            """));

        Assert.Equal(Validity.Valid, verdict.Validity);
    }

    [Fact]
    public void Going_back_and_forth_between_concurrent_writes_breaks_monotonic_reads()
    {
        var verdict = new MonotonicReads().Check(History.Parse("""
            0 invoke write 1
            1 invoke write 2
            2 invoke read
            2 ok     read 1
            2 invoke read
            2 ok     read 2
            2 invoke read
            2 ok     read 1
            """));

        Assert.Equal("process 2 read 1 from the register, then 2, then 1 again", verdict.Summary);
    }

    [Fact]
    public void Siblings_of_which_one_is_fresh_keep_monotonic_reads_and_stale_ones_break_it()
    {
        const string Start = """
            0 invoke write 1
            0 ok     write
            0 invoke write 2
            0 ok     write
            1 invoke read
            1 ok     read 2
            1 invoke read

            """;

        Assert.Equal(Validity.Valid, new MonotonicReads().Check(
            History.Parse(Start + "1 ok read [1, 2]")).Validity);
        Assert.Equal(Validity.Invalid, new MonotonicReads().Check(
            History.Parse(Start + "1 ok read [1]")).Validity);
    }

    [Fact]
    public void A_value_written_twice_is_given_the_benefit_of_the_doubt()
    {
        var verdict = new MonotonicReads().Check(History.Parse("""
            0 invoke write 1
            0 ok     write
            0 invoke write 2
            0 ok     write
            0 invoke write 1
            0 ok     write
            1 invoke read
            1 ok     read 2
            1 invoke read
            1 ok     read 1
            """));

        Assert.Equal(Validity.Valid, verdict.Validity);
    }
}
