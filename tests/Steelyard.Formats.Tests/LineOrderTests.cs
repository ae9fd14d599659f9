using System.Text;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests;

public sealed class LineOrderTests
{
    const string Late = """
        {:process 0, :type :invoke, :f :write, :value 1, :time 8}
        {:process 0, :type :ok, :f :write, :value 1, :time 10}
        {:process 1, :type :invoke, :f :read, :value nil, :time 5}
        {:process 1, :type :ok, :f :read, :value nil, :time 7}
        """;

    static readonly string Numbered = string.Join(
        '\n', Late.Split('\n').Select((line, index) => line.Replace("{", $"{{:index {index}, ")));

    [Fact]
    public void A_file_that_numbers_its_events_keeps_their_order_and_is_warned_about()
    {
        var read = Read(Numbered, null);

        Assert.Equal("write", read.History[0].Function);
        Assert.Equal(
            "2 times contradict the order of the lines, which was kept; the first: line 3 has 5 after 10 of"
            + " line 2", read.Warning);
    }

    [Fact]
    public void Events_are_put_in_the_order_of_their_times_when_asked_and_keep_their_lines()
    {
        var read = Read(Late, LineOrder.Time);

        Assert.Equal(["read", "write"], read.History.Operations.Select(operation => operation.Function));
        Assert.Equal(3, read.Lines!.Of(0));
        Assert.Null(read.Warning);
    }

    [Theory]
    [InlineData(":time 5", ":time 10")]
    [InlineData(", :time 5", "")]
    public void Equal_times_and_times_that_are_missing_contradict_nothing(string time, string other) =>
        Assert.Null(Read(Late.Replace(time, other).Replace(":time 7", ":time 10"), null).Warning);

    [Fact]
    public void Invocations_that_stand_in_another_order_than_their_times_contradict_nothing() => Assert.Null(
        Read(
            """
            {:process 0, :type :invoke, :f :read, :value nil, :time 8}
            {:process 1, :type :invoke, :f :read, :value nil, :time 5}
            {:process 1, :type :ok, :f :read, :value nil, :time 12}
            {:process 0, :type :ok, :f :read, :value nil, :time 11}
            """, null).Warning);

    static HistoryRead Read(string text, LineOrder? order)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return HistoryFile.Read(stream, "late.edn", new() { Order = order });
    }
}
