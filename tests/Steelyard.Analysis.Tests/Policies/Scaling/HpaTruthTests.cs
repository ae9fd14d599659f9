using Steelyard.Analysis.Tests.Laws;

namespace Steelyard.Analysis.Tests.Policies.Scaling;

/// <summary>Rows of upstream's own tables: kubernetes' replica_calculator_test.go and
/// horizontal_test.go.</summary>
public class HpaTruthTests
{
    static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> Rows =
        TruthRows.Of("hpa", Path.Combine("Policies", "Scaling"));

    public static TheoryData<string> Of(params string[] kinds) => [.. Rows
        .Where(row => kinds.Contains(row["kind"])).Select(row => row["id"])];

    [Fact]
    public void Every_kind_of_row_is_held_to() => Assert.Equal(
        [
            "aws-step", "custom-external", "custom-external-perpod", "custom-object", "custom-object-perpod",
            "custom-pods", "events", "limits", "resource-cpu", "rule", "stabilization",
        ],
        Rows.Select(row => row["kind"]).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Of), new object[] { new[] { "resource-cpu" } })]
    public void A_resource_asks_for_the_replicas_of_the_row(string id)
    {
        var row = Row(id);
        var given = Metric(row);
        given["target"] = given["target"].TrimEnd('%');
        // The row tells requests in its text: all of them, a list, or none.
        given["requests"] = row["input"].Contains("no requests", StringComparison.Ordinal) ? "-"
            : row["input"].Contains("+-jitter", StringComparison.Ordinal) ? Jitter(row["input"]) : "1.0";
        var found = Decided.Of("hpa", given);

        var expected = Decided.Pairs(row["expected"].Replace(
            "ceil(10*(1500/(3000*target)))=", "", StringComparison.Ordinal));
        Assert.Equal(Number(expected["replicas"]), found["replicas"]);
        Assert.Equal(Number(expected["utilization"]), found["utilization"]);
        foreach (var error in Quoted(row["input"]))
            Assert.Contains(error, found["error"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Of), new object[] { new[]
    {
        "custom-pods", "custom-object", "custom-object-perpod", "custom-external", "custom-external-perpod",
    } })]
    public void A_metric_asks_for_the_replicas_of_the_row(string id)
    {
        var row = Row(id);
        var given = Metric(row);
        given["kind"] = row["kind"];

        var found = Decided.Of("hpa", given);

        var expected = Decided.Pairs(row["expected"]);
        Assert.Equal(expected["replicas"], found["replicas"]);
        Assert.Equal(expected["value"], found["value"]);
    }

    [Theory]
    [MemberData(nameof(Of), new object[] { new[] { "limits" } })]
    public void A_behavior_allows_what_the_row_says(string id)
    {
        var row = Row(id);
        var given = Decided.Pairs(row["input"]);
        if (given.ContainsKey("selectPolicy"))
        {
            // The limit itself: a wish without end, and rules in braces.
            given["up"] = $"{given["up"].Trim('{', '}')},{given["selectPolicy"].ToLowerInvariant()}";
            Assert.Equal(row["expected"], $"limit={Decided.Of("hpa-limits", new Dictionary<string, string>
            {
                ["current"] = given["current"], ["desired"] = "1000000", ["up"] = given["up"],
            })["replicas"]}");
            return;
        }

        given["up-events"] = given.GetValueOrDefault("upEvents", "-");
        given["down-events"] = given.GetValueOrDefault("downEvents", "-");
        var found = Decided.Of("hpa-limits", given);

        Assert.Equal(row["expected"], $"replicas={found["replicas"]} condition={found["condition"]}");
    }

    [Theory]
    [MemberData(nameof(Of), new object[] { new[] { "stabilization" } })]
    public void Recommendations_hold_a_wish_back_as_the_row_says(string id)
    {
        var row = Row(id);
        var given = Decided.Pairs(row["input"]);
        given["recommendations"] = string.Join(',', given["recommendations"].Split(',')
            .Select(one => one == "-" ? one : $"{one}m"));
        (given["up-window"], given["down-window"]) = (given["upWindow"], given["downWindow"]);

        Assert.Equal(row["expected"], $"stabilized={Decided.Of("hpa-stabilize", given)["stabilized"]}");
    }

    [Theory]
    [MemberData(nameof(Of), new object[] { new[] { "events" } })]
    public void Changes_within_a_minute_are_those_of_the_row(string id) =>
        Assert.Equal(Row(id)["expected"], $"change={Decided.Of("hpa-events", Row(id)["input"])["change"]}");

    [Theory]
    [InlineData("108", "capacity=14 metric=40", "13")]
    [InlineData("110", "capacity=10 metric=60 out=60%:+10,75%:+30,85%:+40", "20")]
    [InlineData("110", "capacity=10 metric=75 out=60%:+10,75%:+30,85%:+40", "40")]
    [InlineData("110", "capacity=10 metric=84.9 out=60%:+10,75%:+30,85%:+40", "40")]
    [InlineData("110", "capacity=10 metric=99 out=60%:+10,75%:+30,85%:+40", "50")]
    public void A_step_gives_the_capacity_of_the_row(string id, string words, string capacity)
    {
        Assert.Equal("aws-step", Row(id)["kind"]);
        Assert.Equal(capacity, Decided.Of("aws-step", words)["capacity"]);
    }

    static IReadOnlyDictionary<string, string> Row(string id) => Rows.Single(row => row["id"] == id);

    static Dictionary<string, string> Metric(IReadOnlyDictionary<string, string> row)
    {
        var pairs = Decided.Pairs(row["input"].Replace("levels(milli)", "levels", StringComparison.Ordinal)
            .Replace("levels(m)", "levels", StringComparison.Ordinal)
            .Replace("target(milli)", "target", StringComparison.Ordinal));
        var known = new[] { "current", "levels", "target", "ready", "start", "phase", "deleting" };
        var given = known.Where(pairs.ContainsKey).ToDictionary(name => name, name => pairs[name]);
        // One level for each of ten pods.
        if (row["input"].Contains("each requests", StringComparison.Ordinal) && given["levels"] == "150")
            given["levels"] = string.Join(',', Enumerable.Repeat("150", int.Parse(given["current"])));
        return given;
    }

    static string Jitter(string input)
    {
        var from = input.IndexOf("+-jitter [", StringComparison.Ordinal) + "+-jitter [".Length;
        return string.Join(',', input[from..input.IndexOf(']', from)].Split(',').Select(one => $"{one}m"));
    }

    static IEnumerable<string> Quoted(string input) =>
        input.Split('"').Where((_, place) => place % 2 == 1);

    static string Number(string cell) => cell is "ERROR" or "-" ? "" : cell;
}
