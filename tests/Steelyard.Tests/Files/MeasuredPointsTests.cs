using Steelyard.Files;
using Steelyard.Histories;

namespace Steelyard.Tests.Files;

public sealed class MeasuredPointsTests : IDisposable
{
    readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("load,throughput\n1,2\n3,4.5\n")]
    [InlineData("# a comment\n1;2\n\n3;4.5 # so\n")]
    [InlineData("1\t2\r\n3\t4.5")]
    [InlineData("users per_second\n1 2\n3   4.5\n")]
    public void Two_numbers_a_line_are_a_point(string text)
    {
        File.WriteAllText(_file, text);

        Assert.Equal([(1, 2), (3, 4.5)], MeasuredPoints.Read(_file));
    }

    [Theory]
    [InlineData("", "expected lines of load and throughput, found none")]
    [InlineData("load,throughput\n", "found none")]
    [InlineData("1,2\nx,3\n", "line 2: expected two numbers")]
    [InlineData("1,2,3\n", "line 1: expected two numbers")]
    [InlineData("1,NaN\n", "line 1: expected two numbers")]
    [InlineData(",\n", "line 1: expected two numbers")]
    public void What_is_no_point_is_refused_with_its_line(string text, string expected)
    {
        File.WriteAllText(_file, text);

        Assert.Contains(
            expected, Assert.Throws<UserMistakeException>(() => MeasuredPoints.Read(_file)).Message,
            StringComparison.Ordinal);
    }
}
