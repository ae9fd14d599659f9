using System.IO.Compression;
using System.Text;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests;

public class HistoryFileTests
{
    const string EtcdLog = """
        INFO  jepsen.util - 0	:invoke	:read	nil
        INFO  jepsen.util - 0	:ok	:read	nil
        INFO  jepsen.util - 1	:invoke	:cas	[0 2]
        INFO  jepsen.util - 1	:fail	:cas	[0 2]
        INFO  jepsen.util - 2	:invoke	:write	3
        INFO  jepsen.util - 2	:info	:write	:timed-out
        """;

    [Theory]
    [InlineData(EtcdLog, "porcupine-log")]
    [InlineData("{:process 0 :type :invoke :f :read}", "jepsen-edn")]
    [InlineData("; a comment\n\n({:process 0 :type :invoke :f :read})", "jepsen-edn")]
    [InlineData("#jepsen.history.Op{:process 0 :type :invoke :f :read}", "jepsen-edn")]
    [InlineData("{:process 0, :type :invoke, :f :get, :key \"3\", :value nil}", "porcupine-kv")]
    [InlineData("""{"process":0,"type":"invoke","f":"read"}""", "jsonl")]
    [InlineData("""  [ {"process":0,"type":"invoke","f":"read"} ] """, "jepsen-json")]
    [InlineData("# as tests write\n0 invoke read\n", "text")]
    public void The_format_is_told_from_the_first_bytes_zipped_or_not(string text, string format)
    {
        foreach (var bytes in new[] { Utf8(text), Utf8("\uFEFF" + text), Zip(text) })
        {
            var read = HistoryFile.Read(new MemoryStream(bytes), "x", ReadOptions.Default);
            Assert.Equal(format, read.Format.Name);
            Assert.True(read.History.Count > 0);
        }
    }

    [Fact]
    public void Etcd_logs_keep_observations_and_errors()
    {
        var history = HistoryFile.Read(new MemoryStream(Utf8(EtcdLog)), "x", ReadOptions.Default).History;
        Assert.Equal([Outcome.Ok, Outcome.Fail, Outcome.Info], history.Operations.Select(one => one.Outcome));
        Assert.Equal(Value.List(0, 2), history[1].Input);
        Assert.Null(history[1].Error);
        Assert.Equal("timed-out", history[2].Error);
    }

    [Theory]
    [InlineData("hello world", "x is in no known history format; it begins with")]
    [InlineData("\u0001\u0002", "x is in no known history format; it begins with")]
    [InlineData("", "x holds no event: expected a history in one of the formats jsonl, jepsen-edn,")]
    [InlineData("; only a comment", "x holds no event")]
    [InlineData("INFO  jepsen.util - 0\t:invoke\tread\tnil\nmore",
        "x line 1: expected \"INFO jepsen.util - process")]
    [InlineData("INFO  jepsen.util - 0\t:invoke\t:read\t[1", "x is cut short at line 1 column 3")]
    [InlineData("INFO  jepsen.util - 0\t:invoke\t:cas\t[1 2]\nINFO  jep",
        "x is cut short at line 2 column 10")]
    [InlineData("INFO  jepsen.util - 0\t:invoke\t:cas\t[1 }\n",
        "x line 1, in its value: line 1 column 4: expected ']'")]
    [InlineData("0 invoke read\n0 done read", "x line 2: expected invoke, ok, fail or info, found \"done\"")]
    public void What_is_no_history_is_refused_in_one_line(string text, string expected)
    {
        var mistake = Assert.Throws<UserMistakeException>(
            () => HistoryFile.Read(new MemoryStream(Utf8(text)), "x", ReadOptions.Default));
        Assert.StartsWith(expected, mistake.Message);
        Assert.DoesNotContain('\n', mistake.Message);
    }

    [Fact]
    public void A_file_that_is_not_there_and_a_folder_are_refused_in_one_line()
    {
        Assert.Equal(
            "cannot read the history /no/such: there is no such file",
            Assert.Throws<UserMistakeException>(() => HistoryFile.Read("/no/such")).Message);
        Assert.Equal(
            $"cannot read the history {Path.GetTempPath()}: it is a folder, not a file",
            Assert.Throws<UserMistakeException>(() => HistoryFile.Read(Path.GetTempPath())).Message);
    }

    [Fact]
    public void A_broken_archive_is_refused_in_one_line()
    {
        var bytes = Zip(EtcdLog);
        bytes.AsSpan(15, 40).Fill(0x55);
        var mistake = Assert.Throws<UserMistakeException>(
            () => HistoryFile.Read(new MemoryStream(bytes), "x.gz", ReadOptions.Default));
        Assert.Equal("x.gz: expected gzipped bytes, found a broken archive", mistake.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_gzipped_file_that_is_cut_anywhere_is_told_or_kept_as_far_as_it_goes(bool isFlushed)
    {
        var bytes = Zip(EtcdLog, isFlushed);
        var lines = 0;
        for (var length = 40; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            var kept = new ReadOptions { KeepPartial = true, Format = HistoryFormats.Named("porcupine-log") };

            var mistake = Assert.Throws<UserMistakeException>(() => HistoryFile.Read(
                new MemoryStream(cut), "x.gz", kept with { KeepPartial = false }));
            Assert.StartsWith("x.gz is cut short", mistake.Message);
            Assert.EndsWith("; --keep-partial judges what stands before", mistake.Message);
            var read = HistoryFile.Read(new MemoryStream(cut), "x.gz", kept);
            Assert.True(read.IsPartial);
            Assert.InRange(read.History.EventCount, lines, 6);
            lines = read.History.EventCount;
        }

        Assert.Equal(6, lines);
    }

    [Fact]
    public void A_gzipped_file_may_have_several_members()
    {
        byte[] bytes = [.. Zip(EtcdLog[..100]), .. Zip(""), .. Zip(EtcdLog[100..])];

        var read = HistoryFile.Read(new MemoryStream(bytes), "x.gz", ReadOptions.Default);

        Assert.Equal(6, read.History.EventCount);
        Assert.False(read.IsPartial);
    }

    [Fact]
    public void Formats_have_names_and_unknown_ones_are_refused_with_the_list()
    {
        foreach (var name in HistoryFormats.Names)
            Assert.Equal(name, HistoryFormats.Named(name).Name);
        Assert.Equal(
            $"unknown history format \"xml\"; the formats are {string.Join(", ", HistoryFormats.Names)}",
            Assert.Throws<UserMistakeException>(() => HistoryFormats.Named("xml")).Message);
    }

    static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    static byte[] Zip(string text, bool isFlushed = false)
    {
        var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionMode.Compress, leaveOpen: true))
        {
            zip.Write(Utf8(text));
            // As writers do that are to be read while they write.
            if (isFlushed)
                zip.Flush();
        }

        return zipped.ToArray();
    }
}
