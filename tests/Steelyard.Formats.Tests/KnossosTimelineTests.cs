using System.Text;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests;

public class KnossosTimelineTests
{
    const string Head = "<html><head></head><body><h1>drawn</h1><div class=\"ops\">";

    [Fact]
    public void Boxes_give_back_the_order_of_events()
    {
        var read = Read(Head + """
            <div class="op fail" style="width:100;left:0;top:16;height:16" title="5 ms
            nil">0 :cas [3 2]</div><div class="op ok" style="width:100;left:106;top:0;height:48" title="6 ms
            nil">101 :read 4</div><div class="op info" style="left:106;top:64;height:896" title="6 ms
            &quot;lost&quot;">0 :write 1</div></div></body></html>
            """);
        Assert.Equal("knossos-timeline", read.Format.Name);
        Assert.Equal(
            [
                "process 101: read → ok 4",
                "process 0: cas [3, 2] → fail",
                "process 0: write 1 → info (\"lost\")",
            ],
            read.History.Operations.Select(one => one.ToString()));
        Assert.Equal((0, 3), (read.History[0].InvokedAt, read.History[0].CompletedAt));
        Assert.Equal((1, 2), (read.History[1].InvokedAt, read.History[1].CompletedAt));
    }

    [Fact]
    public void The_page_of_a_recording_holds_the_recorded_operations()
    {
        foreach (var file in SharedHistories.Files("knossos", "*-timeline.html"))
        {
            var drawn = HistoryFile.Read(file);
            var recorded = HistoryFile.Read(file.Replace("-timeline.html", ".edn"));
            Assert.Equal(recorded.Count, drawn.Count);
            foreach (var (one, other) in recorded.Operations.Zip(drawn.Operations))
                Assert.Equal(
                    (one.Process, one.Function, one.Input, one.Outcome, one.Output),
                    (other.Process, other.Function, other.Input, other.Outcome, other.Output));
        }
    }

    [Theory]
    [InlineData("<div class=\"op ok\" style=\"top:10;height:16\" title=\"\">0 :read 1</div></html>",
        "x line 1: expected a multiple of 16 pixels, found 10")]
    [InlineData("<div class=\"op great\" style=\"top:16;height:16\" title=\"\">0 :read 1</div></html>",
        "x line 1: expected an operation as Knossos draws it")]
    [InlineData("<div class=\"op ok\" style=\"top:16;height:0\" title=\"\">0 :read 1</div></html>",
        "x line 1: two events stand at 16 pixels")]
    [InlineData("<div class=\"op ok\" style=\"top:16;height:16\" title=\"\">0 :read 1</div>",
        "x is cut short at line 1 column 1: expected </html>")]
    [InlineData("<div class=\"op ok\" style=\"top:16;hei",
        "x is cut short at line 1 column 1: expected </div>")]
    public void Other_pages_are_refused_with_their_line(string boxes, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<UserMistakeException>(() => Read(Head + boxes)).Message);

    static HistoryRead Read(string page) =>
        HistoryFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(page)), "x", ReadOptions.Default);
}
