using System.Text;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests;

public class JsonlTests
{
    // In pieces, for the width of our own lines.
    static readonly string Written = string.Join(
        '\n',
        """{"index":0,"time":1000,"process":0,"type":"invoke","f":"write","key":"x","value":7,"""
        + """ "node":"n1","intended":900}""".TrimStart(),
        """{"index":1,"time":2000,"process":"nemesis","type":"info","f":"partition","phase":"start","""
        + """ "description":"n1 | n2","fault":0,"uncut":["n3"]}""".TrimStart(),
        """{"index":2,"time":3000,"process":0,"type":"fail","f":"write","key":"x","value":null,"""
        + """ "error":"no quorum"}""".TrimStart(),
        "");

    [Fact]
    public void Every_history_reads_back_as_it_was_written()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var history = new RandomHistory(seed).Next();
            var bytes = Write(history);
            var again = Read(bytes);
            Assert.True(history.Hash == again.Hash, $"seed {seed}: {Encoding.UTF8.GetString(bytes)}");
            Assert.Equal(history.EventCount, again.EventCount);
            foreach (var (before, after) in history.Faults.Zip(again.Faults))
            {
                Assert.Equal(before.Fault, after.Fault);
                Assert.Equal(before.Nodes, after.Nodes);
                Assert.Equal(before.Uncut, after.Uncut);
                Assert.Equal(before.Cuts.Select(cut => cut.From), after.Cuts.Select(cut => cut.From));
                Assert.Equal(before.Cuts.Select(cut => cut.To), after.Cuts.Select(cut => cut.To));
                Assert.Equal(before.Details, after.Details);
                Assert.Equal(before.HadEffect, after.HadEffect);
            }

            Assert.Equal(bytes, Write(again));
        }
    }

    [Fact]
    public void Lines_are_as_documented()
    {
        var builder = new HistoryBuilder();
        var write = builder.Invoke(0, "write", "x", 7, 1000, 900, "n1");
        builder.Add(new FaultEvent
        {
            TimeNs = 2000,
            Phase = FaultPhase.Start,
            Kind = "partition",
            Fault = 0,
            Description = "n1 | n2",
            Uncut = ["n3"],
        });
        builder.Complete(write, Outcome.Fail, Value.Nil, 3000, "no quorum");
        Assert.Equal(Written, Encoding.UTF8.GetString(Write(builder.Build())));
    }

    [Fact]
    public void Jepsens_fields_are_enough_and_others_are_passed_over()
    {
        var history = Read("""
            {"type":"invoke","f":"read","process":3,"time":5,"op-index":1,"exception":{"via":[{"at":[1,2]}]}}
            {"type":"ok","f":"read","process":3,"value":{"0":100,"7":-1},"time":9}
            """u8);
        var read = history[0];
        Assert.Equal(Value.Map((0, 100), (7, -1)), read.Output);
        Assert.Equal((5L, 9L), (read.InvokedNs, read.CompletedNs));
    }

    [Fact]
    public void A_last_line_that_is_cut_short_is_told_with_its_line()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Read(Encoding.UTF8.GetBytes(Written[..^30])));
        Assert.Equal(
            "history.jsonl is cut short at line 3 column 1: expected the end of the object that begins there;"
            + " --keep-partial judges what stands before",
            mistake.Message);
    }

    [Fact]
    public void A_recording_that_begins_and_does_not_end_is_cut_short_though_its_lines_are_whole()
    {
        const string Begin = """{"recording":"begin","began":"2026-11-30T10:00:00Z","clock":5}""" + "\n";
        const string End = """{"recording":"end","operations":2}""" + "\n";
        Assert.Equal(Read(Encoding.UTF8.GetBytes(Written)).Hash,
            Read(Encoding.UTF8.GetBytes($"{Begin}{Written}{End}")).Hash);

        var stopped = Encoding.UTF8.GetBytes($"{Begin}{Written}");
        var mistake = Assert.Throws<UserMistakeException>(() => Read(stopped));

        Assert.StartsWith(
            "history.jsonl is cut short at line 5 column 1: expected the end of the recording, whose writer"
            + " was stopped; --keep-partial", mistake.Message);
        var read = HistoryFile.Read(
            new MemoryStream(stopped), "history.jsonl", new ReadOptions { KeepPartial = true });
        Assert.True(read.IsPartial);
        Assert.Equal(Read(Encoding.UTF8.GetBytes(Written)).Hash, read.History.Hash);
    }

    [Fact]
    public void What_stands_before_a_cut_can_be_kept()
    {
        for (var length = 1; length < Written.Length - 1; length++)
        {
            var bytes = new MemoryStream(Encoding.UTF8.GetBytes(Written[..length]));
            var options = new ReadOptions { Format = HistoryFormats.Ours, KeepPartial = true };
            var read = HistoryFile.Read(bytes, "history.jsonl", options);
            var wholeLines = Written[..(length + 1)].Count(one => one == '\n');
            Assert.Equal(wholeLines, read.History.EventCount);
            Assert.Equal(!"{}\n".Contains(Written[length - 1]) || Written[length] != '\n'
                && Written[length - 1] != '\n',
                read.IsPartial);
        }
    }

    [Theory]
    [InlineData(
        """{"process":0,"type":"invoke","f":"read"}""" + "\n" + """{"process":0,"type":"ok" "f":"read"}""",
        "history.jsonl line 2 column 26: expected JSON:")]
    [InlineData("""{"process":0,"type":"invoke","f":"read"} x""",
        "history.jsonl line 1 column 42: expected an object, found 'x'")]
    [InlineData("""{"process":0,"type":"invoked","f":"read"}""",
        "history.jsonl line 1: expected the type invoke, ok, fail or info, found invoked")]
    [InlineData("""{"process":0,"f":"read"}""",
        "history.jsonl line 1: expected the type invoke, ok, fail or info")]
    [InlineData("""{"process":0,"type":"invoke"}""",
        "history.jsonl line 1: expected a function (f), found none")]
    [InlineData("""{"recording":"paused"}""",
        "history.jsonl line 1: expected the recording to begin, end or have missed some, found paused")]
    [InlineData("""{"recording":"missed","operations":-1}""",
        "history.jsonl line 1: expected how many operations were missed, found -1")]
    [InlineData("""{"process":[1],"type":"invoke","f":"read"}""",
        "history.jsonl line 1: expected a number or a name as process, found [1]")]
    [InlineData("""{"process":-1,"type":"invoke","f":"read"}""",
        "history.jsonl line 1: expected a process between")]
    [InlineData("""{"process":0,"type":"invoke","f":"read","value":{"a":1,"a":2}}""",
        "history.jsonl line 1 column 61: the key a stands twice in a map")]
    [InlineData("""{"process":0,"type":"invoke","f":"read","value":{"$map":7}}""", "history.jsonl line 1")]
    [InlineData("""{"process":0,"type":"invoke","f":"read","time":"now"}""",
        "history.jsonl line 1: expected nanoseconds as time, found now")]
    [InlineData("""{"process":"nemesis","type":"info","f":"cut","phase":"begin"}""",
        "history.jsonl line 1: expected the phase start, end or instant, found begin")]
    public void A_malformed_line_is_told_with_its_place(string text, string expected)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Read(Encoding.UTF8.GetBytes(text)));
        Assert.StartsWith(expected, mistake.Message);
        Assert.DoesNotContain('\n', mistake.Message);
    }

    [Fact]
    public void Values_nested_without_end_are_refused_and_do_no_harm()
    {
        var deep = "{\"process\":0,\"type\":\"invoke\",\"f\":\"read\",\"value\":" + new string('[', 1_000_000)
            + new string(']', 1_000_000) + "}";
        var mistake = Assert.Throws<UserMistakeException>(() => Read(Encoding.UTF8.GetBytes(deep)));
        Assert.StartsWith("history.jsonl line 1 column", mistake.Message);
    }

    static byte[] Write(History history)
    {
        var stream = new MemoryStream();
        JsonlWriter.Write(stream, history);
        return stream.ToArray();
    }

    static History Read(ReadOnlySpan<byte> bytes) =>
        HistoryFile.Read(
            new MemoryStream(bytes.ToArray()), "history.jsonl",
                new ReadOptions { Format = HistoryFormats.Ours }).History;
}
