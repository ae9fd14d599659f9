using System.Text;

namespace Steelyard.Formats.Tests;

/// <summary>Every example of docs/formats.md is what it says it is.</summary>
public class FormatsPageTests
{
    [Fact]
    public void Every_example_is_read_and_detected_as_the_format_it_stands_under()
    {
        var seen = new HashSet<HistoryFormat>();
        foreach (var (name, example) in Examples())
        {
            var format = HistoryFormats.Named(name);
            var stream = new MemoryStream(Encoding.UTF8.GetBytes(example));
            var read = HistoryFile.Read(stream, "docs/formats.md", ReadOptions.Default);
            Assert.Equal(format, read.Format);
            Assert.True(read.History.Count > 0, example);
            seen.Add(format);
        }

        // Spans have a page of their own, docs/traces.md, and are no history without a map. Archives are no
        // text.
        Assert.Equal(
            HistoryFormats.Names.Where(name => name != "jepsen-archive"
                && !name.StartsWith("otlp", StringComparison.Ordinal)),
            HistoryFormats.All.Where(seen.Contains).Select(one => one.Name));
    }

    [Fact]
    public void The_first_example_is_what_the_writer_writes_and_every_field_has_one()
    {
        var example = Examples().First().Text;
        var read = HistoryFile.Read(
            new MemoryStream(Encoding.UTF8.GetBytes(example)), "docs/formats.md", ReadOptions.Default);
        var written = new MemoryStream();
        JsonlWriter.Write(written, read.History);
        Assert.Equal(example, Encoding.UTF8.GetString(written.ToArray()));
        var all = string.Concat(Examples().Where(one => one.Name == "jsonl").Select(one => one.Text));
        foreach (var field in Fields())
            Assert.Contains($"\"{field}\":", all);
    }

    // The first column of our own format's tables, where it is a field's name.
    static IEnumerable<string> Fields() => File.ReadLines(PagePath())
        .TakeWhile(line => line != "## Jepsen")
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal) && !line.Contains('$'))
        .Select(line => line.Split('`')[1]);

    static IEnumerable<(string Name, string Text)> Examples()
    {
        var name = "";
        var text = new StringBuilder();
        foreach (var line in File.ReadLines(PagePath()))
        {
            if (!line.StartsWith("```", StringComparison.Ordinal))
            {
                text.Append(line).Append('\n');
                continue;
            }

            if (name.Length > 0)
                yield return (name, text.ToString());
            name = line[3..];
            text.Clear();
        }
    }

    static string PagePath()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Steelyard.slnx")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "docs", "formats.md");
    }
}
