using System.Text.Json;

namespace Steelyard.App.Tests.Commands;

/// <summary>Beside its name, an anomaly is said plainly; edges of cycles are explained where they are shown;
/// and no sentence is cut.</summary>
public sealed class PlainNamesTests : IDisposable
{
    const string ReadSkew = """
        0 invoke txn [[append, x, 1], [append, y, 1]]
        1 invoke txn [[r, x, nil], [r, y, nil]]
        0 ok txn [[append, x, 1], [append, y, 1]]
        1 ok txn [[r, x, [1]], [r, y, []]]
        """;

    readonly SteelyardProcess _steelyard = new();

    public void Dispose() => _steelyard.Dispose();

    [Fact]
    public void The_text_says_the_plain_name_the_cycle_and_what_its_edges_mean()
    {
        _steelyard.Write("a.txt", ReadSkew);

        var text = _steelyard.Run("check", "a.txt", "--model", "list-append").Output;

        Assert.Contains("G-single-item, read skew: A transaction missed a write, and", text,
            StringComparison.Ordinal);
        Assert.Contains("(docs/anomalies.md#g-single-item)", text, StringComparison.Ordinal);
        Assert.Contains("T1 -rw y-> T0 -wr x-> T1", text, StringComparison.Ordinal);
        Assert.Contains("rw (was overwritten by): the first read a version", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ww (", text, StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_and_the_page_say_it_too()
    {
        _steelyard.Write("a.txt", ReadSkew);

        var run = _steelyard.Run("check", "a.txt", "--model", "list-append", "--json", "--report", "a.html");

        var anomaly = JsonDocument.Parse(run.Output).RootElement.GetProperty("anomalies")[0];
        Assert.Equal("read skew", anomaly.GetProperty("plainName").GetString());
        Assert.StartsWith(
            "A transaction", anomaly.GetProperty("meaning").GetString(), StringComparison.Ordinal);
        Assert.Equal("docs/anomalies.md#g-single-item", anomaly.GetProperty("place").GetString());
        var page = File.ReadAllText(Path.Combine(_steelyard.Folder, "a.html"));
        Assert.Contains("\"plain\":\"read skew\"", page, StringComparison.Ordinal);
        Assert.Contains("\"plain\":\"was overwritten by\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_circle_is_told_in_whole_sentences_and_the_rest_is_counted()
    {
        var lines = Enumerable.Range(0, 30).Select(i =>
            $"{i} invoke txn [[append, k{i}, 1], [r, k{(i + 1) % 30}, nil]]");
        var ends = Enumerable.Range(0, 30).Select(i =>
            $"{i} ok txn [[append, k{i}, 1], [r, k{(i + 1) % 30}, []]]");
        _steelyard.Write("a.txt", string.Join('\n', lines.Concat(ends)));

        var text = _steelyard.Run("check", "a.txt", "--model", "list-append").Output;

        Assert.DoesNotContain("…", text, StringComparison.Ordinal);
        Assert.Contains("; and 22 more (--report html draws the cycle", text, StringComparison.Ordinal);
        Assert.Contains("and 22 more, back to T", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_answer_tells_its_beginning_and_how_much_more_there_is()
    {
        _steelyard.Write(
            "a.txt", $"0 invoke read\n0 ok read [{string.Join(", ", Enumerable.Range(0, 99))}]\n");

        var text = _steelyard.Run("check", "a.txt", "--model", "set").Output;

        Assert.Matches(@"read → ok \[0, 1, [0-9, ]+ and [0-9]+ more\]", text);
        Assert.DoesNotContain("…", text, StringComparison.Ordinal);
    }
}
