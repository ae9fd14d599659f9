using Steelyard.Histories;

namespace Steelyard.Formats.Tests;

public sealed class OurPhaseTests
{
    // Each begins with the line of an operation, so that the format is told from it.
    [Theory]
    [InlineData("jepsen-edn", """
        {:process 0, :type :invoke, :f :read, :mark :heal, :sent false, :session true}
        {:process :nemesis, :type :info, :f :heal}
        {:process :nemesis, :type :info, :f :final-reads}
        {:process :nemesis, :type :info, :f :load-end, :mark :load-end}
        """)]
    [InlineData("jsonl", """
        {"process":0,"type":"invoke","f":"read","mark":"heal"}
        {"process":"nemesis","type":"info","f":"heal","mark":"heal"}
        {"process":"nemesis","type":"info","f":"final-reads","phase":"instant","description":""}
        """)]
    [InlineData("jepsen-json", """
        [{"process":0,"type":"invoke","f":"read","sent":false,"session":true},
        {"process":"nemesis","type":"info","f":"heal"},
        {"process":"nemesis","type":"info","f":"final-reads","mark":"final-reads"}]
        """)]
    public void No_word_of_a_recorded_file_is_taken_for_a_mark(string format, string text)
    {
        var history = Read(text, HistoryFormats.Named(format));

        Assert.Empty(history.Phases.Marked);
        Assert.NotEmpty(history.Faults);
        Assert.Equal((true, false), (history[0].IsSent, history[0].IsSession));
    }

    [Theory]
    [InlineData("""{"mark":"end"}""",
        "line 1: expected the mark load-end, heal, settled or final-reads, found end")]
    [InlineData("{\"mark\":\"heal\"}\n{\"mark\":\"heal\"}",
        "line 2: the phase Heal begins after Heal has begun")]
    [InlineData("""{"process":0,"type":"invoke","f":"read","sent":0}""",
        "line 1: expected true or false as sent, found 0")]
    [InlineData(
        "{\"process\":0,\"type\":\"invoke\",\"f\":\"read\",\"sent\":false}\n"
        + "{\"process\":0,\"type\":\"ok\",\"f\":\"read\"}",
        "line 2: operation 0 was never sent and ends Ok; expected a fail")]
    public void A_mark_or_trait_that_is_none_is_refused_with_its_line(string text, string expected)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Read(text, HistoryFormats.Ours));

        Assert.Equal("marks.jsonl " + expected, mistake.Message);
    }

    static History Read(string text, HistoryFormat format) => HistoryFile.Read(
        new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), "marks.jsonl",
        new ReadOptions { Format = format }).History;
}
