using Steelyard.Histories;
using Steelyard.Histories.Measuring;
using Steelyard.Sweeps;

namespace Steelyard.Tests.Sweeps;

public sealed class VariationTests
{
    const string Named = "expected name=value,value such as rate=10,20,40";
    const string Range = "expected a range such as 1..8, 1..10:3 or 1..64:x2";

    [Theory]
    [InlineData("replication=raft,quorum", "raft quorum")]
    [InlineData("n=1..5", "1 2 3 4 5")]
    [InlineData("n=1..10:3", "1 4 7 10")]
    [InlineData("n=1..64:x2", "1 2 4 8 16 32 64")]
    [InlineData("rate=0.5..2:0.5,10", "0.5 1 1.5 2 10")]
    [InlineData("linger=10ms..30ms:10ms", "10ms 20ms 30ms")]
    [InlineData("linger=10..30ms:10", "10ms 20ms 30ms")]
    [InlineData("n=7..7", "7")]
    public void Lists_and_ranges_are_all_their_values(string text, string values) =>
        Assert.Equal(values.Split(' '), Variation.Parse(text).Values);

    [Theory]
    [InlineData("n", $": {Named}, found \"n\"")]
    [InlineData("=1", $": {Named}, found \"=1\"")]
    [InlineData("n=", $": {Named}, found \"n=\"")]
    [InlineData("n=1,,2", " n: expected a value between any two commas, found \"1,,2\"")]
    [InlineData("n=1,2,1", " n: expected each value once, found \"1 twice\"")]
    [InlineData("n=5..1", $" n: {Range}, upwards, found \"5..1\"")]
    [InlineData("n=1..8:0", $" n: {Range}, upwards, found \"1..8:0\"")]
    [InlineData("n=1..8:x1", $" n: {Range}, upwards, found \"1..8:x1\"")]
    [InlineData("n=0..8:x2", $" n: {Range}, upwards, found \"0..8:x2\"")]
    [InlineData("n=a..b", $" n: {Range}, found \"a..b\"")]
    [InlineData("n=1ms..2s", $" n: {Range}, found \"1ms..2s\"")]
    [InlineData("n=1..99999", " n: expected a range of at most 10,000 values, found \"more\"")]
    public void What_is_none_is_refused_in_one_line(string text, string line) =>
        Assert.Equal(
            $"--vary{line}", Assert.Throws<UserMistakeException>(() => Variation.Parse(text)).Message);

    [Fact]
    public void Values_are_numbers_where_all_of_them_are_of_one_unit()
    {
        Assert.Equal([10.0, 20], Variation.Parse("linger=10ms,20ms").Numbers!);
        Assert.Equal("ms", Variation.Parse("linger=10ms,20ms").Unit);
        Assert.Null(Variation.Parse("linger=10ms,1s").Numbers);
        Assert.Null(Variation.Parse("replication=raft,quorum").Numbers);
    }

    [Theory]
    [InlineData("p99:min", "latency-p99", Direction.LessIsBetter)]
    [InlineData("availability-minority:max", "availability-minority", Direction.MoreIsBetter)]
    [InlineData("cost", "cost", null)]
    public void An_objective_is_a_measurement_and_a_way(string text, string id, Direction? better) =>
        Assert.Equal((id, better), (Objective.Parse(text).Id, Objective.Parse(text).Better));

    [Theory]
    [InlineData("p99:least")]
    [InlineData(":min")]
    [InlineData("a:b:min")]
    [InlineData("")]
    public void Anything_else_is_no_objective(string text) => Assert.StartsWith(
        "--objective: expected a measurement with min or max, such as p99:min, found ",
        Assert.Throws<UserMistakeException>(() => Objective.Parse(text)).Message, StringComparison.Ordinal);
}
