using System.Text;
using Steelyard.Formats.Edn;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests.Jepsen.Archive;

public class JepsenArchiveTests
{
    const string Told = """
        {:index 0, :time 10, :type :invoke, :process 0, :f :write, :value 3}
        {:index 1, :time 4000000000, :type :invoke, :process 1, :f :cas, :value [3 4]}
        {:index 2, :time 4000000001, :type :info, :process :nemesis, :f :start, :value nil}
        {:index 3, :time 4000000002, :type :ok, :process 0, :f :write, :value 3}
        {:index 4, :time 4000000003, :type :fail, :process 1, :f :cas, :value [3 4], :error "refused"}
        {:index 5, :time 4000000004, :type :invoke, :process 2, :f :read, :value nil}
        {:index 6, :time 4000000005, :type :ok, :process 2, :f :read, :value 3}
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void An_archive_holds_the_history_that_Jepsen_writes_as_edn(int inPart)
    {
        var edn = Read(Encoding.UTF8.GetBytes(Told));
        var read = Read(ArchiveWriter.Of(Operations(), inPart));

        Assert.Equal("jepsen-archive", read.Format.Name);
        Assert.Equal(HistoryHash.Of(edn.History), HistoryHash.Of(read.History));
    }

    [Fact]
    public void Before_operations_were_records_they_were_maps_and_the_vector_one_block()
    {
        var writer = new ArchiveWriter();
        var maps = new FressianWriter().Code(0xED);
        foreach (var operation in Operations())
        {
            maps.Code(0xC0).Code(0xED);
            foreach (var (key, value) in operation.AsMap)
            {
                maps.Keyword(key.AsText);
                if (key.AsText is "type" or "f")
                    maps.Keyword(value.AsText);
                else
                    maps.Value(value);
            }

            maps.Code(0xFD);
        }

        var history = writer.Add(2, maps.Code(0xFD).Bytes);
        var rest = writer.Add(3, [.. ArchiveWriter.Int(0), .. new FressianWriter().Code(0xC0).Code(0xE6)
            .Keyword("history").Tag("block-ref", 1).Integer(history).Bytes]);
        var test = writer.Add(3, [.. ArchiveWriter.Int(rest), .. new FressianWriter().Code(0xC0).Code(0xE6)
            .Keyword("name").Text("x").Bytes]);

        Assert.Equal(
            HistoryHash.Of(Read(Encoding.UTF8.GetBytes(Told)).History),
            HistoryHash.Of(Read(writer.Ended(test)).History));
    }

    [Fact]
    public void A_test_that_was_stopped_early_is_told()
    {
        var writer = new ArchiveWriter();
        var none = writer.Add(2, new FressianWriter().Code(0xF7).Bytes);
        var test = writer.Add(2, new FressianWriter().Code(0xC0).Code(0xE6).Keyword("history")
            .Tag("block-ref", 1).Integer(none).Bytes);

        Assert.Contains(
            "found one without operations", Mistake(writer.Ended(test)), StringComparison.Ordinal);
        Assert.Contains(
            "the test was stopped before it wrote one",
            Mistake([.. "JEPSEN"u8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]), StringComparison.Ordinal);
        Assert.Contains(
            "expected version 0 or 1 of this format, found 9",
            Mistake([.. "JEPSEN"u8, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_byte_of_a_block_is_found_wherever_it_is()
    {
        var whole = ArchiveWriter.Of(Operations(), 3);
        // Before the blocks stand the words, the version and the place of the index.
        for (var at = 0; at < whole.Length; at++)
        {
            var broken = whole.ToArray();
            broken[at] ^= 0x10;
            Assert.False(string.IsNullOrEmpty(Mistake(broken)), $"byte {at}");
        }

        for (var length = 7; length < whole.Length; length++)
            Mistake(whole[..length]);
    }

    // What no checksum guards against: whoever wrote it was wrong.
    [Fact]
    public void Values_that_are_none_are_refused_with_their_place()
    {
        foreach (var seed in Enumerable.Range(0, 3_000))
        {
            var random = new Random(seed);
            var stream = new FressianWriter();
            stream.Value(Operations()[seed % 7]);
            var bytes = stream.Bytes;
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var writer = new ArchiveWriter();
            var history = writer.Add(4, bytes);
            var test = writer.Add(2, new FressianWriter().Code(0xC0).Code(0xE6).Keyword("history")
                .Tag("block-ref", 1).Integer(history).Bytes);
            try
            {
                Read(writer.Ended(test));
            }
            catch (UserMistakeException mistake)
            {
                Assert.StartsWith("file", mistake.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Whole_numbers_take_the_bytes_that_the_format_says()
    {
        Assert.Equal("00", Written(0));
        Assert.Equal("ff", Written(-1));
        Assert.Equal("3f", Written(63));
        Assert.Equal("5040", Written(64));
        Assert.Equal("4ffe", Written(-2));
        Assert.Equal("5fff", Written(4095));
        Assert.Equal("681000", Written(4096));
        Assert.Equal("f87fffffffffffffff", Written(long.MaxValue));

        static string Written(long number) =>
            Convert.ToHexStringLower(new FressianWriter().Integer(number).Bytes);
    }

    [Fact]
    public void Every_value_is_read_as_it_was_written()
    {
        var values = new List<Value>
        {
            Value.Nil, Value.Of(true), Value.Of(false), Value.Of(0.5), "", "é€𐍈",
        };
        for (var bits = 0; bits < 64; bits++)
            values.AddRange([(1L << bits) - 1, 1L << bits, -(1L << bits), ~(1L << bits)]);
        foreach (var length in new[] { 1, 7, 8, 100, 65_536, 65_537, 200_000 })
            values.AddRange([new string('x', length), Value.List(new Value[Math.Min(length, 900)])]);
        values.Add(Value.Map((1, "one"), ("two", Value.List(2, Value.Map()))));

        foreach (var value in values)
            Assert.Equal(value, AsPayload(new FressianWriter().Value(value)));
    }

    [Fact]
    public void Types_of_Clojure_are_what_they_are_in_edn()
    {
        Assert.Equal("a/b", AsPayload(new FressianWriter().Code(0xCA).Text("a").Text("b")));
        Assert.Equal(Value.List(1, 2), AsPayload(new FressianWriter().Code(0xC1).Value(Value.List(2, 1))));
        Assert.Equal(-2, AsPayload(new FressianWriter().Code(0xC6).Digits(0xFE)));
        Assert.Equal(
            Value.Of(1.5), AsPayload(new FressianWriter().Code(0xC7).Digits(15).Integer(1)));
        Assert.Equal(
            Value.Of(0.25), AsPayload(new FressianWriter().Tag("ratio", 2).Integer(1).Integer(4)));
        Assert.Equal("é", AsPayload(new FressianWriter().Tag("char", 1).Integer('é')));
        Assert.Equal(7, AsPayload(new FressianWriter().Tag("atom", 1).Integer(7)));
        Assert.Equal(
            Value.List(1, 2), AsPayload(new FressianWriter().Code(0xB0).Integer(2).Integer(1).Integer(2)));
        Assert.Equal(
            Value.Map(("a", 1)),
            AsPayload(new FressianWriter().Tag("record", 2).Code(0xC9).Code(0xF7).Text("R")
                .Value(Value.Map(("a", 1)))));
    }

    static Value AsPayload(FressianWriter value)
    {
        var writer = new ArchiveWriter();
        var history = writer.Add(4, [.. new FressianWriter().Code(0xC0).Code(0xED).Text("process").Integer(0)
            .Text("type").Text("invoke").Text("f").Text("write").Text("value").Bytes, .. value.Bytes, 0xFD]);
        var test = writer.Add(2, new FressianWriter().Code(0xC0).Code(0xE6).Keyword("history")
            .Tag("block-ref", 1).Integer(history).Bytes);
        return Read(writer.Ended(test)).History.Operations.Single().Input;
    }

    static List<Value> Operations()
    {
        var operations = new List<Value>();
        var reader = new EdnReader(new ByteReader(Encoding.UTF8.GetBytes(Told)), "told");
        while (reader.SkipToForm() != ByteReader.End)
            operations.Add(reader.Read());
        return operations;
    }

    static HistoryRead Read(byte[] bytes) =>
        HistoryFile.Read(new MemoryStream(bytes), "file", ReadOptions.Default);

    static string Mistake(byte[] bytes) =>
        Assert.Throws<UserMistakeException>(() => Read(bytes)).Message;
}
