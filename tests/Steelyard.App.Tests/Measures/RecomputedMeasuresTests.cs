using System.Text.Json;

namespace Steelyard.App.Tests.Measures;

/// <summary>
/// The figures of <c>result.json</c> and of the page are those that come out when they are counted once more
/// from <c>history.jsonl</c>, by code that shares nothing with ours.
/// </summary>
public sealed class RecomputedMeasuresTests
{
    [Theory]
    [InlineData(3, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 2)]
    [InlineData(1, 2)]
    [InlineData(1, 1)]
    public void Quorums_of_all_sizes_are_measured_as_their_recordings_say(int r, int w) => Compare(
        "register", "--replication", "quorum", "--n", "3", "--r", $"{r}", "--w", $"{w}");

    [Fact]
    public void Nothing_is_answered_in_time_while_a_quorum_of_all_is_cut_apart()
    {
        var (run, limitNs) = Run(
            "register", "--replication", "quorum", "--n", "3", "--r", "3", "--w", "1", "--slo", "1s");
        var figures = new RecomputedFigures(run, limitNs);
        // What was due in the cut's last second may be answered in time after its end.
        var counted = figures.Windows.Single();
        var within = run.Due.Where(one => one.DueNs >= counted.StartNs
            && one.DueNs < counted.EndNs - limitNs).ToList();
        Assert.InRange(within.Count, 100, 300);
        Assert.DoesNotContain(within, one => one.IsWithin(limitNs));
    }

    [Theory]
    [InlineData("all")]
    [InlineData("partition")]
    public void Cuts_that_overlap_are_measured_as_their_recordings_say(string faults)
    {
        foreach (var seed in new[] { "1", "2", "3" })
            Compare("bank", "--faults", faults, "--seed", seed, "--duration", "15s");
    }

    [Theory]
    [MemberData(nameof(Designs))]
    public void Every_design_is_measured_as_its_recording_says(string design) =>
        Compare(design);

    // What keeps no operations has no recording to count anew: its figures are held to laws.
    public static TheoryData<string> Designs =>
    [
        .. EveryDesign.All.Where(design => design.Build(new(design, new())).Deployment.KeepsOperations)
            .Select(design => design.Name),
    ];

    static void Compare(params string[] words)
    {
        using var steelyard = new SteelyardProcess();
        var (result, page, run) = Measured(steelyard, words);
        var limitNs = (long)Math.Round(result.GetProperty("answerLimitSeconds").GetDouble() * 1e9);
        var figures = new RecomputedFigures(run, limitNs);
        var ids = result.GetProperty("measurements").EnumerateArray()
            .ToDictionary(one => one.GetProperty("id").GetString()!);
        CompareCounts(ids, figures, limitNs);
        ComparePercentiles(ids, figures);
        CompareRecovery(ids, figures);
        CompareCuts(result.GetProperty("cuts"), figures);
        ComparePage(page, result, figures);
    }

    static void CompareCounts(Dictionary<string, JsonElement> ids, RecomputedFigures figures, long limitNs)
    {
        Assert.InRange(figures.Due.Count, 10, 100_000);
        Same(ids["requests-due"], figures.Due.Count, figures.Due.Count);
        var within = figures.Due.Count(one => one.IsWithin(limitNs));
        var ever = figures.Due.Count(one => one.IsAnswered);
        Same(ids["availability"], (double)within / figures.Due.Count, figures.Due.Count);
        Same(ids["availability-ever"], (double)ever / figures.Due.Count, figures.Due.Count);
        Assert.Equal(figures.Throughput, ids["throughput"].GetProperty("value").GetDouble(), 1e-6);
        var unsent = figures.Due.Count(one => !one.IsSent);
        Assert.Equal(unsent > 0, ids.ContainsKey("requests-never-sent"));
        if (unsent > 0)
            Same(ids["requests-never-sent"], unsent, figures.Due.Count);
    }

    // Histograms keep three digits: theirs is the upper end of the exact value's bucket.
    static void ComparePercentiles(Dictionary<string, JsonElement> ids, RecomputedFigures figures)
    {
        (string Name, double Share)[] ranks =
            [("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("p99.9", 0.999), ("max", 1)];
        string?[] functions =
            [null, .. figures.Due.Where(one => one.IsAnswered).Select(one => one.Function).Distinct()];
        foreach (var function in functions)
            foreach (var (name, share) in ranks)
            {
                var found = ids[function is null ? $"latency-{name}" : $"latency-{function}-{name}"];
                var exact = figures.PercentileMs(function, share);
                Assert.InRange(found.GetProperty("value").GetDouble(), exact - 1e-9, (exact * 1.001) + 1e-5);
            }
    }

    static void CompareRecovery(Dictionary<string, JsonElement> ids, RecomputedFigures figures)
    {
        var expected = figures.RecoveryMs();
        Assert.Equal(expected is not null, ids.TryGetValue("recovery-time", out var found));
        if (expected is not { } ms)
            return;
        var value = found.GetProperty("value");
        if (double.IsNaN(ms))
            Assert.Equal(JsonValueKind.Null, value.ValueKind);
        else
            Assert.Equal(ms, value.GetDouble(), 1e-6);
    }

    static void CompareCuts(JsonElement cuts, RecomputedFigures figures)
    {
        Assert.Equal(figures.Windows.Count, cuts.GetArrayLength());
        foreach (var (cut, window) in cuts.EnumerateArray().Zip(figures.Windows))
        {
            Assert.Equal(window.StartNs, cut.GetProperty("startNs").GetInt64());
            Assert.Equal(window.EndNs, cut.GetProperty("endNs").GetInt64());
            CompareSides(cut.GetProperty("sides"), window.Sides);
        }
    }

    static void CompareSides(
        JsonElement sides, SortedDictionary<string, (long Due, long Answered, long Late)> counted)
    {
        Assert.Equal(counted.Count, sides.GetArrayLength());
        foreach (var side in sides.EnumerateArray())
        {
            var nodes = side.GetProperty("nodes").EnumerateArray().Select(node => node.GetString());
            Assert.Equal(
                counted[string.Join(' ', nodes.Order(StringComparer.Ordinal))],
                (Number(side, "due"), Number(side, "answered"), Number(side, "late")));
        }
    }

    static void ComparePage(JsonElement page, JsonElement result, RecomputedFigures figures)
    {
        var timeline = page.GetProperty("timeline");
        var all = timeline.GetProperty("all");
        var buckets = figures.Buckets(
            timeline.GetProperty("starts").GetArrayLength(),
            timeline.GetProperty("bucketSeconds").GetDouble());
        Assert.Equal(buckets.Select(bucket => bucket.Due), Numbers(all, "due"));
        Assert.Equal(buckets.Select(bucket => bucket.Answered), Numbers(all, "answered"));
        Assert.Equal(buckets.Select(bucket => bucket.Late), Numbers(all, "late"));
        foreach (var (cut, window) in page.GetProperty("cuts").EnumerateArray().Zip(figures.Windows))
            CompareSides(cut.GetProperty("sides"), window.Sides);
        Assert.Equal(Texts(result, "id"), Texts(page, "name"));
    }

    static IEnumerable<string?> Texts(JsonElement from, string name) =>
        from.GetProperty("measurements").EnumerateArray().Select(one => one.GetProperty(name).GetString());

    static void Same(JsonElement found, double value, long samples)
    {
        Assert.Equal(value, found.GetProperty("value").GetDouble(), 1e-12);
        Assert.Equal(samples, found.GetProperty("samples").GetInt64());
    }

    static long Number(JsonElement from, string name) => from.GetProperty(name).GetInt64();

    static IEnumerable<long> Numbers(JsonElement from, string name) =>
        from.GetProperty(name).EnumerateArray().Select(one => one.GetInt64());

    static (ObservedRun Run, long LimitNs) Run(params string[] words)
    {
        using var steelyard = new SteelyardProcess();
        var (result, _, run) = Measured(steelyard, words);
        return (run, (long)Math.Round(result.GetProperty("answerLimitSeconds").GetDouble() * 1e9));
    }

    static (JsonElement Result, JsonElement Page, ObservedRun Run) Measured(
        SteelyardProcess steelyard, string[] words)
    {
        var done = steelyard.Run(["run", .. words, "--out", "run"]);
        Assert.True(done.Code is 0 or 1 or 3, done.Error + done.Output);
        var folder = Path.Combine(steelyard.Folder, "run");
        var page = File.ReadAllText(Path.Combine(folder, "report.html"));
        const string start = "id=\"data\">";
        var from = page.IndexOf(start, StringComparison.Ordinal) + start.Length;
        var to = page.IndexOf("</script>", from, StringComparison.Ordinal);
        return (
            Parsed(File.ReadAllText(Path.Combine(folder, "result.json"))), Parsed(page[from..to]),
            new ObservedRun(Path.Combine(folder, "history.jsonl")));
    }

    static JsonElement Parsed(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
