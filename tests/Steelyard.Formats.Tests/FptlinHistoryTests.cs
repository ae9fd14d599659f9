using System.Text;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests;

public class FptlinHistoryTests
{
    [Fact]
    public void Operations_are_sorted_by_their_times()
    {
        var read = Read("# queue\n1 4 9 DEQ 7\n0 1 3 ENQ 7\n1 1 2 PEEK -1\n");

        Assert.Equal(("fptlin", "queue"), (read.Format.Name, read.Object));
        Assert.Equal(
            ["process 1: peek → ok", "process 0: enq 7 → ok", "process 1: deq → ok 7"],
            read.History.Operations.Select(operation => operation.ToString()).OrderBy(text => text switch
            {
                "process 1: peek → ok" => 0,
                "process 0: enq 7 → ok" => 1,
                _ => 2,
            }));
        Assert.True(read.History[0].InvokedAt < 2 && read.History[1].InvokedAt < 2);
    }

    [Fact]
    public void An_end_comes_before_a_start_at_the_same_time_and_an_instant_stands_between()
    {
        var history = Read("# stack\n3 5 5 PUSH 9\n2 5 6 PUSH 2\n0 1 5 PUSH 1\n1 5 5 PUSH 8\n").History;
        int Of(long input) => history.Operations.Single(o => o.Input == input).Index;

        Assert.True(history[Of(1)].CompletedAt < history[Of(9)].InvokedAt);
        Assert.True(history[Of(9)].CompletedAt < history[Of(2)].InvokedAt);
        Assert.True(history[Of(9)].InvokedAt < history[Of(8)].CompletedAt);
        Assert.True(history[Of(8)].InvokedAt < history[Of(9)].CompletedAt);
    }

    [Fact]
    public void Every_object_has_its_words()
    {
        const string lines = """
            0 1 2 INSERT 4
            0 3 4 POLL 4
            0 5 6 PEEK -1
            0 7 8 INSERT 4 1
            0 9 10 CONTAINS 4 0
            0 11 12 DECR 0
            0 13 14 READ_MODIFY_WRITE 0 2
            """;
        string Told(string name) => string.Join(
            "; ", Read($"# {name}\n{lines}").History.Operations.Select(o => o.ToString()[11..]));

        Assert.Equal(
            "insert 4 → ok; take-max → ok 4; peek-max → ok; insert 4 → ok 1; contains 4 → ok 0;"
            + " decr → ok 0; rmw 2 → ok 0", Told("priorityqueue"));
        Assert.Contains("poll → ok 4; peek → ok;", Told("queue"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# stack\n0 1 2 PUSH 1\n0 5 4 POP 1\n", "file line 3: expected an end not before the start")]
    [InlineData("# stack\n0 1 5 PUSH 1\n0 2 6 POP 1\n", "file line 3: process 0 invokes pop while its push")]
    [InlineData("# stack\n0 1 2 PUSH 1\n0 3 4 SHOVE 1\n", "file line 3: expected \"process start end")]
    [InlineData("# stack\n0 1 2 PUSH 1\n0 3 -4 POP 1\n", "file line 3: expected \"process start end")]
    [InlineData("# stack\n0 1 2 PUSH 1\n0 3 99999999999999999999 POP 1\n", "file line 3: expected \"process")]
    [InlineData("# stack\n0 1 2 PUSH 1\n0 3 4", "file is cut short at line 3")]
    public void What_breaks_the_format_is_refused_with_its_line(string text, string told) =>
        Assert.StartsWith(told, Assert.Throws<UserMistakeException>(() => Read(text)).Message);

    static HistoryRead Read(string text) => HistoryFile.Read(
        new MemoryStream(Encoding.UTF8.GetBytes(text)), "file", ReadOptions.Default);
}
