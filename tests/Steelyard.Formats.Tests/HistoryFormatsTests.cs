using System.Text;

namespace Steelyard.Formats.Tests;

/// <summary>Each format knows its own, whatever stands beside it in the registry.</summary>
public class HistoryFormatsTests
{
    static readonly string[] Heads =
    [
        "{\"process\":0,\"type\":\"invoke\",\"f\":\"read\"}\n",
        "{\n  \"type\" : \"invoke\"}",
        "[{\"process\":0,\"type\":\"invoke\",\"f\":\"read\"}]",
        "{:process 0, :type :invoke, :f :read}\n",
        "[{:process 0, :type :invoke, :f :read}]",
        "[\n;; a comment\n {:process 0}]",
        "({:process 0})",
        "#jepsen.history.Op{:process 0}",
        "{:process 0, :type :invoke, :f :get, :key \"k\"}",
        "0\t:invoke\t:write\t3\n",
        ":nemesis\t:info\t:start\tnil\n",
        "2019-01-01 12:00:00,123{GMT}\tINFO\t[main] jepsen.cli: Test options:\n",
        "JEPSEN\0\0\0\u0001\0\0\0\0\0\0\0\u0012",
        "INFO  jepsen.util - 0\t:invoke\t:read\tnil\n",
        "0 invoke read\n",
        "# as tests write\n0 invoke read # so\n",
        "<html><div class=\"op ok\" style=\"\">",
        "[1] call push(3)\n",
        "# @object atomic-stack\n[1] call push(a)\n",
        "# stack\n0 1 5 PUSH 1\n",
        "#stack\n0 1 5 PUSH 1\n",
        "w 0 1\n",
        "-----\nw 0 1\n",
        "=====\n",
        "r(0,1,0,0)\n",
        "{\"resourceSpans\":[]}\n",
        "{\n  \"resource_spans\": [\n",
        "[{\"resourceSpans\":[{\"resource\":{}}]}]",
        "\0\0\0\u0007\n\u0005\n\0\u0012\u0001\n\0",
        "\n\u0020\n\u0008\n\u0006\n\u0004host",
        "client,start,end,op\nc,1,2,read\n",
        "\"client\";\"t 0\";\"end\"\nc;1;2\n",
        "client\tstart\tend\top\nc\t1\t2\tread\n",
        "{\"client\":0,\"start\":1,\"end\":2,\"type\":\"read\"}\n",
        "[{\"client\":0,\"start\":1}]",
        "{\"Request\":{},\"Responses\":[]}",
        "{\"ClientId\":0,\"Input\":{},\"Call\":1,\"Output\":null,\"Return\":2}",
    ];

    public static TheoryData<string> Beginnings => [.. Heads];

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void One_format_alone_takes_a_file(string head)
    {
        var takers = HistoryFormats.All.Where(format => format.IsBegunBy(new(Encoding.UTF8.GetBytes(head))));

        Assert.Single(takers);
    }

    [Fact]
    public void Every_format_takes_some_file() => Assert.Equal(
        HistoryFormats.All,
        HistoryFormats.All.Where(format => Array.Exists(
            Heads, head => format.IsBegunBy(new(Encoding.UTF8.GetBytes(head))))));

    [Theory]
    [InlineData("0 invoke cas nil\n0 ok cas nil\n", 1, 2)]
    [InlineData("{:process 0, :type :invoke, :f :read}\n\n; so\n{:process 0, :type :ok, :f :read}\n", 1, 4)]
    [InlineData("{\"process\":0,\"type\":\"invoke\",\"f\":\"read\"} {\"process\":0,\"type\":\"ok\"}\n", 1, 1)]
    [InlineData(
        "0\t:invoke\t:read\tnil\n\n0\t:fail\t:read\tnil\tone\n two\n1\t:invoke\t:read\tnil\n", 1, 3, 5)]
    [InlineData("[1] call pop\n[2] call pop\n[2] return 1\n", 1, 2, 3)]
    public void The_line_of_each_event_is_known(string text, params int[] lines)
    {
        var read = HistoryFile.Read(
            new MemoryStream(Encoding.UTF8.GetBytes(text)), "file", ReadOptions.Default);

        var found = Enumerable.Range(0, lines.Length).Select(position => read.Lines!.Of(position)!.Value);
        Assert.Equal(lines, found);
        Assert.Null(read.Lines!.Of(lines.Length));
        Assert.Null(read.Lines!.Of(-1));
    }
}
