using System.Text.RegularExpressions;

namespace Steelyard.Formats.Tests.Rows;

/// <summary>Without a map, a file's columns propose one.</summary>
public partial class MapProposalTests
{
    const string NoDoubt = "file: expected --map for its columns; their names leave no doubt: " + Command;
    const string Command = "steelyard check file --model register --map ";

    [Theory]
    [InlineData(
        "client,ts_start,ts_end,op,k,arg,res,status\nc1,1764496525123,1764496525124,GET,x,,1,200\n"
            + "c1,1764496525126,,PUT,x,1,,503\n",
        NoDoubt + "process=client,start=ts_start,end=ts_end,function=op,key=k,input=arg,output=res,"
            + "outcome=status --outcome 'ok=200..299,info=503,*' --functions read=GET,write=PUT"
            + " --time-unit ms")]
    [InlineData(
        "Thread Id\tStartNs\tlatency_ms\tmethod\tvalue\tcomment\n1\t5\t7\tread\t\tx\n",
        "file: expected --map for its columns; by their names (comment is left out): " + Command
            + "'process=Thread Id,start=StartNs,duration=latency_ms,function=method,input=value,output=value'"
            + " --time-unit ms")]
    [InlineData(
        "{\"worker\":1,\"begin\":\"2026-01-01T00:00:00Z\",\"end\":\"2026-01-01T00:00:01Z\",\"op\":\"r\"}",
        NoDoubt + "process=worker,start=begin,end=end,function=op --functions read=r")]
    [InlineData(
        "alpha,beta,gamma\n1,2,3\n",
        "file: expected --map process=…,start=…,end=…,duration=…,function=…,key=…,input=…,output=…,outcome=…,"
            + "error=…,node=… for its columns alpha, beta, gamma; none of them looks like a start or an end"
            + " or a function")]
    public void A_file_proposes_what_its_columns_mean(string text, string message) =>
        Assert.Equal(message, RowFiles.Mistake(text));

    [Fact]
    public void What_is_proposed_reads_the_file()
    {
        const string text =
            "client,ts_start,ts_end,op,k,arg,res,status\nc1,1.5,2,GET,x,,1,200\nc1,3,,SET,x,1,,late\n";
        var words = Options().Matches(RowFiles.Mistake(text).Split("--model register")[1])
            .ToDictionary(one => one.Groups["name"].Value, one => one.Groups["value"].Value.Trim('\''));

        var map = OperationMap.Parse(
            words["map"], words["outcome"], words["functions"], words["time-unit"]);

        Assert.Equal(
            "process c1: read x → ok 1\nprocess c1: write x 1 → open",
            RowFiles.Shown(RowFiles.Read(text, map).History));
    }

    [GeneratedRegex("--(?<name>[a-z-]+) (?<value>'[^']*'|\\S+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Options();
}
