using Steelyard.Checks;
using Steelyard.Files;
using Steelyard.Formats.Traces;
using Steelyard.Histories;

namespace Steelyard.Tests.Checks;

/// <summary>What docs/traces.md says of maps is so.</summary>
public sealed class TracesPageTests
{
    static string Page => File.ReadAllText(Path.Combine(Repository.Root, "docs", "traces.md"));

    [Fact]
    public void The_map_of_the_page_judges_the_recorded_service()
    {
        var yaml = Page.Split("```yaml\n")[1].Split("```")[0];
        foreach (var (file, expected) in new[] { ("right", Validity.Valid), ("buggy", Validity.Invalid) })
        {
            var options = new ReadOptions { Spans = SpanMapFile.Parse(yaml, "docs/traces.md") };
            var place = Path.Combine(AppContext.BaseDirectory, "Checks", "Recorded", $"traces-{file}.json");
            var read = HistoryFile.Read(place, options);

            var check = HistoryCheck.Of(
                place, () => read, new() { Model = "exactly-once" }, new([]), CancellationToken.None);

            Assert.Equal(expected, Assert.Single(check.Verdicts).Validity);
        }
    }

    [Fact]
    public void The_map_that_a_file_proposes_judges_it()
    {
        var place = Path.Combine(AppContext.BaseDirectory, "Checks", "Recorded", "traces-right.json");
        var survey = HistoryFile.Read(place, ReadOptions.Default).Survey!;

        var read = HistoryFile.Read(place, new ReadOptions { Spans = SpanMapFile.Parse(survey, "map.yaml") });

        Assert.Contains("7  payments-api       client    payments\n", survey, StringComparison.Ordinal);
        Assert.Equal(["payments", Functions.Effect],
            read.History.Operations.Select(one => one.Function).Distinct());
    }

    [Fact]
    public void Every_word_of_a_map_stands_on_the_page()
    {
        var page = Page;
        foreach (var word in AttributeNames.Words.Concat([
            "service", "kind", "name", "function", "id", "key", "input", "output", "process", "outcome",
                "status",
            "name", "commits", "attribute", "capture", "value", "sampled", "drift-ppm"]))
            Assert.True(page.Contains(word, StringComparison.Ordinal), word);
    }
}
