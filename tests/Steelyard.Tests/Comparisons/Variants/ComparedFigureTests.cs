using Steelyard.Comparisons.Variants;
using Steelyard.Histories;
using Steelyard.Histories.Measuring;
using Steelyard.Sweeps;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Tests.Comparisons.Variants;

public sealed class ComparedFigureTests
{
    [Theory]
    [InlineData("latency-p99", "ms", "10 12 11", "11.0 ±2.5")]
    [InlineData("latency-p99", "ms", "1000", "1,000")]
    [InlineData("availability", "share", "0.5 0.6 0.55", "55 ±12")]
    [InlineData("availability", "share", "0 0 0", "0 (≤1.26)")]
    [InlineData("availability", "share", "1 1 1", "100 (≥98.74)")]
    public void It_is_told_in_its_unit_with_as_many_digits_as_its_interval_leaves(
        string id, string unit, string values, string told)
    {
        var figure = ComparedFigure.All.Single(one => one.Id == id);

        Assert.Equal(told, figure.Words(Point(id, unit, values.Split(' '))));
    }

    [Fact]
    public void What_nobody_measured_is_a_dash() =>
        Assert.Equal("–", ComparedFigure.All[0].Words(Point("other", "ms", "1")));

    static SweptPoint Point(string id, string unit, params string[] values) => new(
        new(1, [], "one", null!),
        [
            .. values.Select((value, place) => new SweptRun("one", new Seed((ulong)place), Validity.Valid)
            {
                Measurements =
                [
                    new(
                        id, double.Parse(value, System.Globalization.CultureInfo.InvariantCulture), unit,
                        Direction.Neither, 100),
                ],
            }),
        ]);
}
