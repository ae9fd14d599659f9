using System.Text.Json;
using System.Text.RegularExpressions;
using Steelyard.Analysis.Measurements;
using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Histories.Measuring;
using Steelyard.Report;

namespace Steelyard.Tests.Report;

public sealed partial class ReportPageTests
{
    [Fact]
    public void The_same_run_gives_the_same_page_byte_for_byte()
    {
        Assert.Equal(Samples.Page(Samples.Run()), Samples.Page(Samples.Run()));
    }

    [Fact]
    public void The_data_of_a_page_has_the_shape_its_script_reads()
    {
        var shape = string.Join('\n',
            Shape(Data(Samples.Page(Samples.Run())), "").Distinct(StringComparer.Ordinal));

        Assert.Equal(File.ReadAllText(
            Path.Combine(AppContext.BaseDirectory, "Report", "shape.txt")).TrimEnd(), shape);
    }

    [Fact]
    public void Text_that_would_end_the_script_stays_inside_the_data()
    {
        const string Wicked = "</script><script>alert(\"1\")</script><!-- & 'x' \u2028";
        var page = Page(Checked(Wicked, Verdict.Undecided(Wicked, Wicked)));
        var tame = Page(Checked("tame", Verdict.Undecided("tame", "tame")));

        Assert.Equal(EndsOfScripts(tame), EndsOfScripts(page));
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Equal(Wicked, Data(page).GetProperty("promises")[0].GetProperty("checker").GetString());
    }

    [Fact]
    public void A_page_of_a_million_operations_stays_under_five_megabytes()
    {
        var history = MillionOperations();
        var anomalies = Enumerable.Range(0, 10_000)
            .Select(i => new Anomaly("lost", $"{i} is lost", [.. Enumerable.Range(i, 500)]));
        var check = new CheckedHistory(
            "big", history, [Verdict.Broken("acknowledged-kept", [.. anomalies])],
                RunMeasures.Of(history, new()));

        var page = Page(check);

        Assert.InRange(page.Length, 100_000, 5_000_000);
        var data = Data(page);
        Assert.Equal(1_000_000, data.GetProperty("timeline").GetProperty("all").GetProperty("due")
            .EnumerateArray().Sum(due => due.GetInt64()));
        var promise = data.GetProperty("promises")[0];
        Assert.Equal(
            10_000, promise.GetProperty("anomalies").GetArrayLength()
                + promise.GetProperty("anomaliesLeftOut").GetInt32());
    }

    [Fact]
    public void A_number_that_was_not_measured_is_null_and_not_zero()
    {
        var check = Checked("h", Verdict.Holds("linearizable", "it is"));
        check = check with
        {
            Measures = check.Measures with
            {
                Measurements = [new("latency-p99", double.NaN, "ms", Direction.LessIsBetter, 0)],
            },
        };

        Assert.Equal(JsonValueKind.Null,
            Data(Page(check)).GetProperty("measurements")[0].GetProperty("value").ValueKind);
    }

    [Fact]
    public void A_recorded_history_without_times_is_drawn_by_the_order_of_its_events()
    {
        var builder = new HistoryBuilder();
        builder.Complete(builder.Invoke(0, Functions.Write, Value.Nil, 1), Outcome.Ok, Value.Nil);
        builder.Complete(builder.Invoke(1, Functions.Read, Value.Nil, Value.Nil), Outcome.Ok, 2);
        var stale = Verdict.Broken("linearizable", new Anomaly("stale", "2 was never written", [1]));

        var data = Data(Page(Checked("timeless", builder.Build(), stale)));

        Assert.Equal(JsonValueKind.Null, data.GetProperty("timeline").ValueKind);
        Assert.Equal(0, data.GetProperty("options").GetArrayLength());
        var excerpt = data.GetProperty("excerpts")[0];
        Assert.False(excerpt.GetProperty("hasTimes").GetBoolean());
        Assert.Equal(0.002, excerpt.GetProperty("operations")[1].GetProperty("from").GetDouble());
        var witness = data.GetProperty("promises")[0].GetProperty("anomalies")[0].GetProperty("witness")[0];
        Assert.StartsWith("operation 2, process 1", witness.GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_refers_to_nothing_outside_itself()
    {
        var page = Samples.Page(Samples.Run());

        Assert.Empty(Outside().Matches(page).Select(m => m.Value));
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_brings_the_licences_of_what_it_bundles()
    {
        var page = Samples.Page(Samples.Run());

        Assert.Contains("uplot 1.6.32", page, StringComparison.Ordinal);
        Assert.Contains("d3-zoom 3.0.1", page, StringComparison.Ordinal);
        Assert.Contains("THE SOFTWARE IS PROVIDED", page, StringComparison.Ordinal);
    }

    [GeneratedRegex(
        """(?:src|href)\s*=\s*["']?(?:https?:)?//[^"'\s>]*|url\(\s*["']?(?:https?:)?//[^)]*|@import[^;]*""",
        RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Outside();

    static CheckedHistory Checked(string source, Verdict verdict) => Checked(
        source,
        History.Parse("""
            0 invoke write 1
            0 ok     write
            """),
        verdict);

    static CheckedHistory Checked(string source, History history, Verdict verdict) =>
        new(source, history, [verdict], RunMeasures.Of(history, new()));

    static string Page(CheckedHistory check)
    {
        using var stream = new MemoryStream();
        ReportPage.Write(stream, check, Samples.Commands);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    static int EndsOfScripts(string page) => Regex.Count(page, "</script", RegexOptions.IgnoreCase);

    static JsonElement Data(string page)
    {
        const string Start = "id=\"data\">";
        var from = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        var to = page.IndexOf("</script>", from, StringComparison.Ordinal);
        return JsonDocument.Parse(page[from..to]).RootElement;
    }

    // Each path of the data with its kind: what the page's script counts on.
    static IEnumerable<string> Shape(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Shape(p.Value, $"{path}.{p.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(e => Shape(e, $"{path}[]")),
        JsonValueKind.True or JsonValueKind.False => [$"{path} boolean"],
        JsonValueKind.Null => [$"{path} null"],
        _ => [$"{path} {element.ValueKind.ToString().ToLowerInvariant()}"],
    };

    static History MillionOperations()
    {
        var builder = new HistoryBuilder();
        for (var i = 0; i < 1_000_000; i++)
        {
            var startNs = i * 700_000L;
            var process = i % 50;
            var operation = builder.Invoke(process, Functions.Write, i % 100, i, startNs,
                startNs - (i % 7 * 1000), "n1");
            builder.Complete(operation, Outcome.Ok, Value.Nil, startNs + 200_000 + (i % 977 * 1000));
        }

        return builder.Build();
    }
}
