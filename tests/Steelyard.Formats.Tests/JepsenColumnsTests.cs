using System.Text;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests;

/// <summary>Jepsen's history.txt, and the same lines in its jepsen.log.</summary>
public class JepsenColumnsTests
{
    const string Log = "2019-01-01 12:00:00,123{GMT}\tINFO\t[jepsen worker 0] ";

    [Fact]
    public void Operations_faults_and_errors_are_read()
    {
        var read = Read(
            "0\t:invoke\t:write\t3\n0\t:ok\t:write\t3\n:nemesis\t:info\t:start\tnil\n"
            + ":nemesis\t:info\t:start\t[:isolated {\"n1\" #{\"n2\" \"n3\"}}]\n"
            + "3\t:invoke\t:cas\t[1 2]\n3\t:info\t:cas\t[1 2]\t:timed-out\n"
            + "4\t:invoke\t:read\tnil\r\n4\t:fail\t:read\tnil\t[:conn-refused \"x\"]\r\n"
            + "12\t:invoke\t:read\tnil\n12\t:ok\t:read\t4");

        Assert.Equal("jepsen-txt", read.Format.Name);
        Assert.Equal(
            ["0 write 3 Ok 3 ", "3 cas [1, 2] Info nil timed-out",
                "4 read nil Fail nil [:conn-refused \"x\"]", "12 read nil Ok 4 "],
            Told(read));
        Assert.Equal(FaultPhase.Start, Assert.Single(read.History.Faults).Phase);
    }

    [Theory]
    [InlineData("1\t:info\t:cas\t:timed-out", "1 cas [0, 1] Info nil timed-out")]
    [InlineData("1\t:fail\t:cas\t:refused", "1 cas [0, 1] Fail nil refused")]
    [InlineData("1\t:fail\t:cas\t[0 1]", "1 cas [0, 1] Fail nil ")]
    [InlineData("1\t:ok\t:cas\t:done", "1 cas [0, 1] Ok done ")]
    [InlineData(
        "1\t:info\t:cas\t[0 1]\tERROR: no\n  Hint: later\n", "1 cas [0, 1] Info nil ERROR: no Hint: later")]
    public void A_keyword_or_several_lines_may_be_the_error(string line, string told) =>
        Assert.Equal(told, Assert.Single(Told(Read($"1\t:invoke\t:cas\t[0 1]\n{line}"))));

    [Fact]
    public void The_log_gives_its_operations_and_nothing_else()
    {
        var read = Read(
            $"{Log}jepsen.core: Running test\n{Log}jepsen.util: 0\t:invoke\t:read\tnil\n"
            + $"\tat java.lang.Thread.run\n{Log}jepsen.util: Waiting\n{Log}jepsen.db: 0\t:ok\t:read\t1\n"
            + $"{Log}jepsen.util: 0 :info :read nil\terror\n\tat\t:line\n"
            + $"{Log}jepsen.jepsen.util: 1 :invoke :read nil");

        Assert.Equal("jepsen-log", read.Format.Name);
        Assert.Equal(["0 read nil Info nil error", "1 read nil Open nil "], Told(read));
    }

    [Theory]
    [InlineData("0\t:invoke\t:read\nx", "file line 2 column 16: expected a tab and a value, found byte 10")]
    [InlineData("0\t:invoke\t:read\t\n", "file line 2 column 17: expected a value, found byte 10")]
    [InlineData("0\tinvoke\t:read\tnil\n", "file line 2 column 3: expected a type (:invoke, :ok")]
    [InlineData(
        "0\t:begin\t:read\tnil\n", "file line 2: expected the type invoke, ok, fail or info, found begin")]
    [InlineData("0\t:invoke\t:write\t4 5\n", "file line 2 column")]
    [InlineData("0\t:invoke\t:write\t[4\n", "file is cut short at line 3")]
    [InlineData("0\t:invoke\t:write\t]\n", "file line 2 column 18: expected a value, found ']'")]
    [InlineData("what\t:invoke\t:write\t1\n", "file line 2 column 1: expected a process (a number")]
    [InlineData("0\t:ok\t:read\t1\n", "file line 2: process 0 completes read without having invoked it")]
    [InlineData("0\t:inv", "file is cut short at line 2")]
    public void What_breaks_the_format_is_refused_with_its_line(string text, string told)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Read($"9\t:invoke\t:read\tnil\n{text}"));

        Assert.StartsWith(told, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operation_in_the_lines_of_an_error_is_no_part_of_it()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Read(
            "9\t:invoke\t:read\tnil\n9\t:fail\t:read\tnil\tno\nx0\t:invoke\t:read\tnil\n"));

        Assert.StartsWith("file line 3: expected a process", mistake.Message, StringComparison.Ordinal);
    }

    static IEnumerable<string> Told(HistoryRead read) => read.History.Operations.Select(one =>
        $"{one.Process} {one.Function} {one.Input} {one.Outcome} {one.Output} {one.Error}");

    static HistoryRead Read(string text) => HistoryFile.Read(
        new MemoryStream(Encoding.UTF8.GetBytes(text)), "file", ReadOptions.Default);
}
