using System.Text.Json;
using Steelyard.Analysis.Policies.Scaling;
using Steelyard.Analysis.Policies.Scaling.Questions;

namespace Steelyard.App.Tests.Commands;

/// <summary>Scaling policies through the command line: figures, files, single decisions, and one line for
/// whatever is wrong.</summary>
public sealed class AutoscaleTests : IDisposable
{
    readonly SteelyardProcess _steelyard = new();

    public void Dispose() => _steelyard.Dispose();

    string InFile(string name, string text)
    {
        File.WriteAllText(Path.Combine(_steelyard.Folder, name), text);
        return name;
    }

    JsonElement Json(params string[] words)
    {
        var run = _steelyard.Run(["autoscale", .. words, "--json"]);
        Assert.True(run.Code == 0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }

    [Fact]
    public void One_policy_gives_one_flat_object_of_figures_that_can_be_computed_by_hand()
    {
        // Two instances serve 200 a second: 100 for a minute, then 300 for a minute.
        var demand = InFile("trace.csv", "seconds,requestsPerSecond\n0,100\n60,300\n");
        var found = Json("--policy", "fixed:replicas=2", "--initial", "2", "--demand", demand,
            "--instance", "m5.large");

        Assert.Equal("fixed:replicas=2", found.GetProperty("policy").GetString());
        Assert.Equal(24_000, found.GetProperty("requests").GetDouble(), 1e-6);
        Assert.Equal(2 * 120 / 3600.0, found.GetProperty("instanceHours").GetDouble(), 1e-9);
        Assert.Equal(2 * 120 / 3600.0 * 0.096, found.GetProperty("cost").GetDouble(), 1e-9);
        Assert.Equal(6000, found.GetProperty("longestQueue").GetDouble(), 1e-6);
        // Who comes after 0.3 s of the second minute waits longer than 150 ms (half a second each second).
        Assert.Equal(59.7 * 300 / 24_000, found.GetProperty("sloMissShare").GetDouble(), 0.002);
        Assert.Equal(0, found.GetProperty("thrash").GetInt32());
        Assert.Equal(2, found.GetProperty("peakReplicas").GetInt32());
    }

    [Fact]
    public void Several_policies_stand_in_one_table_with_a_plot_and_files()
    {
        var run = _steelyard.Run("autoscale", "--policy", "hpa,hpa:up=4p/15,100%/15:down-window=0s,kpa",
            "--demand", "noisy", "--plot", "r.svg", "--csv", "r.csv");

        Assert.True(run.Code == 0, run.Error);
        Assert.Contains("  hpa:up=4p/15,100%/15:down-window=0s ", run.Output, StringComparison.Ordinal);
        Assert.Contains("demand over capacity of one", run.Output, StringComparison.Ordinal);
        Assert.StartsWith(
            "seconds,requestsPerSecond,replicas,ready,queue,utilisation\n0,1100,19,19,0,0.5789\n",
            File.ReadAllText(Path.Combine(_steelyard.Folder, "r.csv")), StringComparison.Ordinal);
        Assert.Contains("Instances for noisy", File.ReadAllText(
            Path.Combine(_steelyard.Folder, "r.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_policy_answers_and_the_same_twice()
    {
        string[] words = ["--policy", "all,scheduled:at=4@0h+20@7h", "--demand", "step"];
        var found = Json(words);

        Assert.Equal(ScalingPolicies.All.Count, found.GetArrayLength());
        Assert.Equal(found.GetRawText(), Json(words).GetRawText());
    }

    [Fact]
    public void Every_question_answers_the_example_of_its_help()
    {
        foreach (var question in ScalingQuestions.All)
        {
            var help = _steelyard.Run("autoscale", "decide", question.Name, "--help").Output;
            var example = help[(help.IndexOf("Example:", StringComparison.Ordinal) + 8)..].Trim()
                .Replace("'", "", StringComparison.Ordinal).Split(' ')[1..];
            var run = _steelyard.Run([.. example, "--json"]);
            Assert.True(run.Code == 0, $"{string.Join(' ', example)}: {run.Error}");
            Assert.NotEmpty(JsonDocument.Parse(run.Output).RootElement.EnumerateObject());
        }
    }

    [Fact]
    public void A_decision_is_told_in_words_and_as_an_object()
    {
        var told = _steelyard.Run(
            "autoscale", "decide", "hpa", "--current", "3", "--levels", "300,500,700", "--target", "30%");
        Assert.Contains("utilization  50", told.Output, StringComparison.Ordinal);
        var found = Json("decide", "hpa-limits", "--current", "10", "--desired", "500",
            "--up", "100p/60,100%/60");
        Assert.Equal(110, found.GetProperty("replicas").GetInt32());
        Assert.Equal("ScaleUpLimit", found.GetProperty("condition").GetString());
    }

    [Theory]
    [InlineData("", "d.csv: expected two lines of seconds,requestsPerSecond or more, found none")]
    [InlineData("seconds,requestsPerSecond\n", "d.csv: expected two lines of seconds,requestsPerSecond")]
    [InlineData("0,1\n", "d.csv: expected two lines of seconds,requestsPerSecond or more, found one")]
    [InlineData("0,1\nten,5\n", "d.csv:2: expected seconds,requestsPerSecond, found \"ten,5\"")]
    [InlineData("0,1\n\n10,5,6\n", "d.csv:3: expected seconds,requestsPerSecond, found \"10,5,6\"")]
    [InlineData("0,1\n10,NaN\n", "d.csv:2: expected seconds,requestsPerSecond, found \"10,NaN\"")]
    [InlineData("0,1\n10,-5\n", "d.csv:2: expected numbers of at least 0, found \"10,-5\"")]
    [InlineData("0,1\n10,5\n5,3\n", "d.csv:3: expected seconds that rise, found 5 after 10")]
    [InlineData("0,1\n9999999999,5\n", "d.csv:2: expected at most 14 days, found 9999999999 seconds")]
    public void A_wrong_demand_is_one_line_that_names_its_place(string text, string expected) =>
        IsMistake(expected, "--demand", InFile("d.csv", text));

    [Theory]
    [InlineData("found \"hpq\"; did you mean \"hpa\"?", "--policy", "hpq")]
    [InlineData("found \"tolerence=1\"; did you mean \"tolerance\"?", "--policy", "hpa:tolerence=1")]
    [InlineData("hpa:up: expected rules such as 4p/15 or 100%/15, found \"4/15\"", "--policy", "hpa:up=4/15")]
    [InlineData("scheduled:at: expected counts and times such as", "--policy", "scheduled")]
    [InlineData("predictive:season: expected a whole number of parts", "--policy", "predictive:season=7m")]
    [InlineData("found \"diurnl\"; did you mean \"diurnal\"?", "--demand", "diurnl")]
    [InlineData("--max: expected at least the 5 of --min, found 2", "--min", "5", "--max", "2")]
    [InlineData("hpa: expected a fewest (--min) of at least 1", "--min", "0")]
    [InlineData("--high: expected at least the 9 of --low, found 3", "--low", "9", "--high", "3")]
    [InlineData("--slo: expected at least the service time of 50ms, found 10ms", "--slo", "10ms")]
    [InlineData("--learn: expected less than the whole demand of 72h, found 90h", "--learn", "90h")]
    [InlineData("--regions: expected a demand of whole days", "--regions", "2", "--demand", "spike")]
    [InlineData("--instance: expected small,", "--instance", "smal")]
    [InlineData("--levels: expected thousandths", "decide", "hpa", "--current", "1", "--target", "1",
        "--levels", "a")]
    [InlineData("--current: expected replicas asked for now, found nothing", "decide", "hpa")]
    [InlineData("expected a value of \"cpu\", which a rule compares, found threads", "decide", "azure",
        "--instances", "3", "--metric", "threads=5", "--out", "cpu>=80:+1")]
    public void A_wrong_word_is_one_line(string expected, params string[] words) =>
        IsMistake(expected, words);

    [Fact]
    public void A_wrong_price_is_one_line_that_names_its_place() => IsMistake(
        "p.csv:2: expected a price of at least 0, found \"dear\"", "--price-table", InFile(
            "p.csv", "name,cores,memoryGiB,pricePerHour,currency,source,asOf\na,1,1,dear,USD,mine,2024\n"));

    void IsMistake(string expected, params string[] words)
    {
        var run = _steelyard.Run(["autoscale", .. words]);
        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }
}
