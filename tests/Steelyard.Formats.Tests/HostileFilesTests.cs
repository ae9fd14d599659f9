using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests;

/// <summary>Files made to hurt: each gives a history or one clear line, soon and in little memory.</summary>
public sealed class HostileFilesTests : IDisposable
{
    const int Deep = 200_000;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("steelyard-formats-");

    public static TheoryData<string, string> DeepOnes => new()
    {
        { "jepsen-edn", $"{{:process 0, :type :invoke, :f :write, :value {new string('[', Deep)}" },
        { "jepsen-edn", $"{{:process 0, :value {Repeated("{:a ", Deep)}" },
        { "jepsen-edn", Repeated("#_ ", Deep) },
        { "jepsen-edn", Repeated("#tag ", Deep) },
        { "jepsen-edn", Repeated("^{} ", Deep) },
        { "jepsen-json", $"[{{\"process\":0,\"type\":\"invoke\",\"value\":{new string('[', Deep)}" },
        { "jsonl", $"{{\"process\":0,\"type\":\"invoke\",\"f\":\"w\",\"value\":{Repeated("{\"a\":", Deep)}" },
        { "text", $"0 invoke write {new string('[', Deep)}" },
        { "text", $"0 invoke write {Repeated("{a: ", Deep)}" },
        { "jepsen-txt", $"0\t:invoke\t:write\t{new string('[', Deep)}\n" },
        { "porcupine-log", $"INFO  jepsen.util - 0\t:invoke\t:write\t{new string('[', Deep)}\n" },
        { "porcupine-kv", $"{{:process 0, :type :invoke, :f :put, :key {new string('(', Deep)}" },
        { "violin-hist", $"[1] call push({new string('(', Deep)}\n" },
        { "fptlin", $"0 1 2 PUSH {new string('(', Deep)} 1 1\n" },
        { "json-rows", $"{{\"start\":1,\"end\":2,\"input\":{new string('[', Deep)}" },
        { "knossos-timeline", Repeated("<div class=\"op ", Deep) },
    };

    static IEnumerable<string> Wholes =>
    [
        "{:process 0, :type :invoke, :f :read}\n",
        "{\"process\":0,\"type\":\"invoke\",\"f\":\"read\"}\n",
        "0\t:invoke\t:read\tnil\n",
        "INFO  jepsen.util - 0\t:invoke\t:read\tnil\n",
        "0 invoke read\n",
        "[1] call pop\n",
        "# stack\n0 1 2 PUSH 1\n",
        "start,end,input\n1,2,3\n",
        "{\"start\":1,\"end\":2,\"input\":3}\n",
    ];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(DeepOnes))]
    public void What_is_nested_without_end_is_refused(string format, string text) =>
        Refused(Encoding.UTF8.GetBytes(text), HistoryFormats.Named(format));

    [Theory]
    [InlineData("{:process 99999999999999999999, :type :invoke, :f :read}")]
    [InlineData("{\"process\":1e99,\"type\":\"invoke\",\"f\":\"read\"}")]
    [InlineData("[99999999999999999999] call pop\n")]
    [InlineData("# stack\n0 1 99999999999999999999999 PUSH 1\n")]
    [InlineData("0 invoke write 1\n99999999999 ok write 1\n")]
    public void Numbers_too_great_for_their_place_are_refused(string text) =>
        Refused(Encoding.UTF8.GetBytes(text), null);

    [Theory]
    [InlineData("0 invoke write {a: 1, a: 2}\n")]
    [InlineData("{:process 0, :type :invoke, :f :write, :value {:a 1, :a 2}}\n")]
    [InlineData("{\"process\":0,\"type\":\"invoke\",\"f\":\"w\",\"value\":{\"a\":1,\"a\":2}}\n")]
    public void Maps_that_hold_a_key_twice_are_refused(string text) =>
        Refused(Encoding.UTF8.GetBytes(text), null);

    [Fact]
    public void Numbers_too_great_for_an_integer_are_refused_or_kept_apart()
    {
        foreach (var text in new[]
                 {
                     $"{{:process 0, :type :invoke, :f :write, :value {new string('9', 100_000)}}}",
                     $"{{\"process\":0,\"type\":\"invoke\",\"value\":{new string('9', 100_000)}}}",
                     $"[1] call push({new string('9', 100_000)})\n",
                     $"0 1 2 PUSH {new string('9', 100_000)}\n",
                 })
            Read(Encoding.UTF8.GetBytes(text), null);
    }

    [Fact]
    public void Times_that_are_all_the_same_cost_no_more_than_others()
    {
        var rows = Repeated("a,5,5,write,1,ok\n", 50_000) + Repeated("a,1,5,write,1,ok\n", 50_000);

        Assert.Equal(
            100_000,
            Read(Encoding.UTF8.GetBytes("process,start,end,function,input,outcome\n" + rows), null)!.Count);
    }

    [Fact]
    public void Marks_and_line_ends_of_other_machines_change_nothing()
    {
        foreach (var whole in Wholes)
        {
            var expected = Read(Encoding.UTF8.GetBytes(whole), null)!.Hash;
            Assert.Equal(expected, Read(Encoding.UTF8.GetBytes("\uFEFF" + whole), null)?.Hash);
            Assert.Equal(expected, Read(Encoding.UTF8.GetBytes(whole.Replace("\n", "\r\n")), null)?.Hash);
            Assert.Equal(expected, Read(Zip(Encoding.UTF8.GetBytes(whole)), null)?.Hash);
        }
    }

    [Fact]
    public void Archives_that_are_cut_or_false_are_refused()
    {
        foreach (var whole in Wholes)
        {
            var zipped = Zip(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(whole, 3))));
            for (var length = 2; length < zipped.Length; length++)
                Read(zipped[..length], null);
            for (var at = 2; at < zipped.Length; at++)
            {
                var bent = zipped.ToArray();
                bent[at] ^= 0xFF;
                Read(bent, null);
            }
        }

        Refused([0x1F, 0x8B], null);
        Refused([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3], null);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused_or_read()
    {
        foreach (var whole in Wholes)
            foreach (var broken in new byte[][] { [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0] })
                for (var at = 0; at < whole.Length; at++)
                    Read([.. Encoding.UTF8.GetBytes(whole[..at]), .. broken,
                        .. Encoding.UTF8.GetBytes(whole[at..])], null);
    }

    [Fact]
    public void Nothing_and_blanks_hold_no_event()
    {
        foreach (var empty in new[] { "", "\n", " \r\n\t\n", "\uFEFF", "; a comment", "# a comment\n" })
            Refused(Encoding.UTF8.GetBytes(empty), null);
        foreach (var format in HistoryFormats.All)
            Read([], format);
    }

    [Fact]
    public void What_is_no_file_is_refused()
    {
        Assert.Contains("it is a folder", Mistake(_folder.FullName), StringComparison.Ordinal);
        Assert.Contains(
            "there is no such file", Mistake(Path.Combine(_folder.FullName, "absent")),
            StringComparison.Ordinal);
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
            return;
        var locked = Path.Combine(_folder.FullName, "locked");
        File.WriteAllText(locked, "0 invoke read\n");
        File.SetUnixFileMode(locked, UnixFileMode.None);
        Assert.Contains("denied", Mistake(locked), StringComparison.Ordinal);
    }

    static string Mistake(string path) =>
        Assert.Throws<UserMistakeException>(() => HistoryFile.Read(path)).Message;

    static void Refused(byte[] bytes, HistoryFormat? format) => Assert.Null(Read(bytes, format));

    static History? Read(byte[] bytes, HistoryFormat? format)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            return HistoryFile.Read(
                new MemoryStream(bytes), "file", new ReadOptions { Format = format }).History;
        }
        catch (UserMistakeException mistake)
        {
            Assert.True(
                mistake.Message.StartsWith("file", StringComparison.Ordinal)
                    && !mistake.Message.Contains('\n') && mistake.Message.Length < 1_000,
                mistake.Message);
            return null;
        }
        finally
        {
            Assert.True(watch.Elapsed < Patience, $"{watch.Elapsed} for {bytes.Length} bytes");
        }
    }

    static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    static byte[] Zip(byte[] bytes)
    {
        var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return zipped.ToArray();
    }
}
