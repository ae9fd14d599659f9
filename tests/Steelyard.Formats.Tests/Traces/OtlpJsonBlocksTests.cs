using System.Text;
using Steelyard.Formats.Traces;
using Steelyard.Formats.Traces.Otlp;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests.Traces;

public sealed class OtlpJsonBlocksTests
{
    const int Lines = 60_000;

    [Fact]
    public void Blocks_that_are_read_beside_each_other_give_what_one_reader_gives()
    {
        var text = Text(Lines);

        var (alone, beside) = (Read(text, null), Read(text, Begin));

        Assert.Equal(Lines, alone.Count);
        Assert.Equal(Lines, beside.Count);
        Assert.Equal(alone.Services, beside.Services);
        for (var span = 0; span < Lines; span++)
        {
            Assert.Equal(alone[span].Id, beside[span].Id);
            Assert.Equal(alone.BatchOf(span).Service, beside.BatchOf(span).Service);
            Assert.Equal(
                alone.Attribute(span, alone.Names.StatementNumber),
                beside.Attribute(span, beside.Names.StatementNumber));
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(30_000)]
    [InlineData(59_999)]
    public void A_mistake_is_told_with_its_line_whichever_block_it_is_in(int line)
    {
        var lines = Encoding.UTF8.GetString(Text(Lines)).Split('\n');
        lines[line] = lines[line].Replace("\"traceId\":\"", "\"traceId\":\"x", StringComparison.Ordinal);
        var broken = Encoding.UTF8.GetBytes(string.Join('\n', lines));

        foreach (var beside in new[] { null, (Func<Action, Action>)Begin })
        {
            var mistake = Assert.Throws<UserMistakeException>(() => Read(broken, beside));
            Assert.StartsWith($"file line {line + 1} column ", mistake.Message, StringComparison.Ordinal);
        }
    }

    static SpanTable Read(byte[] text, Func<Action, Action>? beside)
    {
        var spans = new SpanTable(new());
        new OtlpJsonBlocks(new MemoryStream(text), "file", spans, beside).ReadAll();
        return spans;
    }

    static Action Begin(Action work)
    {
        var task = Task.Run(work);
        return () => task.GetAwaiter().GetResult();
    }

    static byte[] Text(int lines)
    {
        var text = new StringBuilder();
        for (var line = 1; line <= lines; line++)
            text.Append("{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",")
                .Append("\"value\":{\"stringValue\":\"s").Append(line % 7)
                    .Append("\"}}]},\"scopeSpans\":[{\"spans\":[{")
                .Append("\"traceId\":\"0000000000000000000000000000000a\",\"spanId\":\"")
                    .Append($"{line:x16}")
                .Append("\",\"startTimeUnixNano\":\"5\",\"endTimeUnixNano\":\"9\",\"attributes\":[{\"key\":")
                .Append("\"db.statement\",\"value\":{\"stringValue\":\"").Append(line)
                    .Append("\"}}]}]}]}]}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
