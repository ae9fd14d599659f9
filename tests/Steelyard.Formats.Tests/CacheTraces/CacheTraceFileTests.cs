using System.IO.Compression;
using System.Text;
using Steelyard.Formats.CacheTraces;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests.CacheTraces;

public sealed class CacheTraceFileTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("steelyard");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_number_a_line_is_a_request_and_a_star_is_none()
    {
        var trace = Read("7\n*\r\n9\r\n\n7\n18446744073709551615");

        Assert.Equal([0, 1, 0, 2], trace.Objects);
        Assert.Null(trace.Sizes);
        Assert.Equal((3, 1, "text"), (trace.Distinct, trace.PassedOver, trace.Format));
    }

    [Theory]
    [InlineData("time,obj_id,obj_size\n1,a,10\n2,b,20\n3,a,10\n")]
    [InlineData("KEY;x;Bytes\na;;10\nb;;20\na;;10")]
    [InlineData("page\tsize\na\t10\nb\t20\na\t10\n")]
    public void Columns_are_known_by_their_names(string text)
    {
        var trace = Read(text);

        Assert.Equal([0, 1, 0], trace.Objects);
        Assert.Equal([10, 20, 10], trace.Sizes!);
        Assert.Equal("csv", trace.Format);
    }

    [Fact]
    public void A_csv_without_sizes_has_none() => Assert.Null(Read("key\na\nb\n").Sizes);

    [Fact]
    public void Oracle_general_is_read_zipped_or_not()
    {
        var bytes = new List<byte>();
        foreach (var (item, size) in new[] { (5UL, 512U), (6UL, 4096U), (5UL, 512U) })
            bytes.AddRange([.. BitConverter.GetBytes(9U), .. BitConverter.GetBytes(item),
                .. BitConverter.GetBytes(size), .. BitConverter.GetBytes(-1L)]);
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write([.. bytes]);

        foreach (var file in new[] { bytes.ToArray(), zipped.ToArray() })
        {
            var trace = Read(file);
            Assert.Equal([0, 1, 0], trace.Objects);
            Assert.Equal([512, 4096, 512], trace.Sizes!);
        }

        Assert.Contains("cut short at byte 48", Mistake([.. bytes[..^3]]), StringComparison.Ordinal);
        bytes[12] = bytes[13] = 0;
        Assert.Contains("byte 12: expected a size from 1", Mistake([.. bytes]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "expected requests, found none")]
    [InlineData("*\n", "expected requests, found none")]
    [InlineData("7\n8 9\n", "line 2: expected the number of an object, found \"8 9\"")]
    [InlineData("7\n-8\n", "line 2: expected the number of an object, found \"-8\"")]
    [InlineData("time,what\n1,2\n", "line 1: expected a column named object, object_id")]
    [InlineData("key,size\na,0\n", "line 2: expected a size from 1 to 2147483647, found \"0\"")]
    [InlineData("key,size\na,1\nb\n", "line 3: expected 2 columns as in the first line, found 1")]
    public void What_is_no_trace_is_refused_with_its_place(string text, string expected) =>
        Assert.Contains(expected, Mistake(Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("\nkey,size\na,1\n\nb,x\n", "line 5: expected a size from 1 to 2147483647, found \"x\"")]
    [InlineData("key,size\n\"a\nb\",1\nb,-1\n", "line 4: expected a size from 1")]
    [InlineData("key,size\n,1\n", "line 2: expected an object, found nothing")]
    public void A_table_of_requests_is_read_as_all_tables_are(string text, string expected) =>
        Assert.Contains(expected, Mistake(Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_text_are_refused() => Assert.Contains(
        "expected UTF-8", Mistake([.. "key\n"u8, 0xC3, 0x28, .. "\n"u8]), StringComparison.Ordinal);

    [Fact]
    public void What_is_no_file_is_refused()
    {
        Assert.Throws<UserMistakeException>(() =>
            CacheTraceFile.Read(Path.Combine(_folder.FullName, "absent")));
        Assert.Throws<UserMistakeException>(() => CacheTraceFile.Read(_folder.FullName));
        Assert.Throws<UserMistakeException>(() => CacheTraceFile.Read(""));
    }

    CacheTrace Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    CacheTrace Read(byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, "trace");
        File.WriteAllBytes(path, bytes);
        return CacheTraceFile.Read(path);
    }

    string Mistake(byte[] bytes) => Assert.Throws<UserMistakeException>(() => Read(bytes)).Message;
}
