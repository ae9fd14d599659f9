using System.Text;
using Steelyard.Formats.Traces;
using Steelyard.Formats.Traces.Otlp;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests.Traces;

public sealed class OtlpReadersTests
{
    [Fact]
    public void Names_of_both_spellings_and_versions_are_read()
    {
        var spans = Json(SmallTraces.Json);

        Assert.Equal(2, spans.Count);
        Assert.Equal((SpanKind.Server, SpanKind.Client), (spans[0].Kind, spans[1].Kind));
        Assert.Equal("61616161616161616161616161616161", spans[1].Trace);
        Assert.Equal(0, spans.Index.ParentOf(1));
        Assert.Equal(1, spans[0].EndNs - spans[0].StartNs);
        Assert.True(spans[1].IsError);
        Assert.Equal("shop", spans.BatchOf(1).Service);
        Assert.Equal((Value)100, spans.Attribute(0, spans.Names.Number("http.response.status_code")));
        Assert.Equal((Value)"INSERT", spans.Attribute(1, spans.Names.Number("db.query.text")));
        Assert.Equal((Value)"A", spans.Attribute(1, spans.Names.Number(AttributeNames.Exception)));
    }

    [Fact]
    public void A_header_is_found_however_its_words_are_joined()
    {
        var names = new AttributeNames();
        var key = names.Number("http.request.header.idempotency-key");

        Assert.Equal(key, names.Find("http.request.header.idempotency_key"u8));
        Assert.Equal(-1, names.Find("http.request.header.other"u8));
    }

    [Fact]
    public void Framed_and_lone_messages_of_protocol_buffers_are_read()
    {
        var framed = Protobuf(Encoding.ASCII.GetBytes(SmallTraces.Protobuf));
        var lone = Protobuf(Encoding.ASCII.GetBytes(SmallTraces.Protobuf)[4..(4 + SmallTraces.Protobuf[3])]);

        Assert.Equal((2, 1), (framed.Count, lone.Count));
        Assert.Equal(0, framed.Index.ParentOf(1));
        Assert.True(framed[1].IsError);
        Assert.Equal((Value)"/p", lone.Attribute(0, lone.Names.Number("route")));
    }

    [Theory]
    [InlineData("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[\n{\"traceId\":\"xyz\"}]}]}]}",
        "file line 2 column 12: expected an id of 32 hexadecimal digits, found \"xyz\"")]
    [InlineData("{\"resourceSpans\":\n 7}", "file line 2 column 2: expected a list, found \"7\"")]
    [InlineData("{\"resourceSpans\":[\n{]}", "file line 2 column 2: expected JSON: ")]
    [InlineData("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"n\"}]}]}]}",
        "file line 1 column 55: expected a span with a trace and an id, found \"n\"")]
    [InlineData("{\"resourceSpans\":[]} {}", "file line 1 column 23: expected an object with resourceSpans")]
    [InlineData("{\"resourceSpans\":[{\n",
        "file is cut short at line 2 column 1: the last value is not whole")]
    public void What_is_wrong_in_JSON_is_told_with_its_place(string text, string told)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Read(Encoding.UTF8.GetBytes(text)));

        Assert.StartsWith(told, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_in_protocol_buffers_is_told_with_its_place()
    {
        var bytes = Encoding.ASCII.GetBytes(SmallTraces.Protobuf);
        var cut = Assert.Throws<UserMistakeException>(() => Read(bytes[..^3]));
        bytes[4 + bytes[3] + 4] = 0x0B;
        var wrong = Assert.Throws<UserMistakeException>(() => Read(bytes));

        Assert.StartsWith("file is cut short at line 1 column ", cut.Message, StringComparison.Ordinal);
        Assert.Equal(
            $"file message 2 at byte {8 + bytes[3]}: expected a field of wire type 0, 1, 2 or 5, found 3",
            wrong.Message);
    }

    [Fact]
    public void Of_a_file_that_is_cut_short_the_whole_spans_can_be_kept()
    {
        var text = Encoding.UTF8.GetBytes(SmallTraces.Json)[..^30];
        var read = HistoryFile.Read(new MemoryStream(text), "file", new() { KeepPartial = true });

        Assert.True(read.IsPartial);
        Assert.Contains("# 1 spans of 1 hosts", read.Survey, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_come_one_at_a_time_are_read_the_same()
    {
        var spans = new SpanTable(new());
        new OtlpJson(default, new DripStream(Encoding.UTF8.GetBytes(SmallTraces.Json)), "file", spans)
            .ReadAll();

        Assert.Equal(2, spans.Count);
        Assert.Equal("POST /pay", spans[0].Name);
    }

    [Theory]
    [InlineData("ot=th:8", true)]
    [InlineData("vendor=1,ot=rv:abcdef;th:c", true)]
    [InlineData("ot=th:0", false)]
    [InlineData("vendor=th:8", false)]
    [InlineData("not=th:8", false)]
    public void The_state_of_a_trace_tells_of_sampling(string state, bool expected) =>
        Assert.Equal(expected, SampledShare.IsTold(Encoding.ASCII.GetBytes(state)));

    static HistoryRead Read(byte[] bytes) =>
        HistoryFile.Read(new MemoryStream(bytes), "file", ReadOptions.Default);

    static AttributeNames Asked()
    {
        var names = new AttributeNames();
        names.Number(AttributeNames.Route);
        return names;
    }

    static SpanTable Json(string text)
    {
        var spans = new SpanTable(Asked());
        new OtlpJson(default, new MemoryStream(Encoding.UTF8.GetBytes(text)), "file", spans).ReadAll();
        return spans;
    }

    static SpanTable Protobuf(byte[] bytes)
    {
        var spans = new SpanTable(Asked());
        new OtlpProtobuf(new MemoryStream(bytes), "file", spans).ReadAll();
        return spans;
    }

    sealed class DripStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);
    }
}
