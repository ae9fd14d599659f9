using Steelyard.Analysis.Tests.Laws;

namespace Steelyard.Analysis.Tests.Policies.Scaling;

/// <summary>What Microsoft says of its rules.</summary>
public class AzureTruthTests
{
    static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> Rows =
        TruthRows.Of("azure-autoscale", Path.Combine("Policies", "Scaling"));

    public static TheoryData<string> Estimated =>
        [.. Rows.Where(row => row["instances"] != "-").Select(row => row["id"])];

    [Theory]
    [MemberData(nameof(Estimated))]
    public void Fewer_only_when_what_is_left_would_not_ask_for_more(string id)
    {
        var row = Rows.Single(one => one["id"] == id);
        var (instances, by) = (int.Parse(row["instances"]), int.Parse(row["scale_in_by"]));

        var found = Decided.Of("azure", new Dictionary<string, string>
        {
            ["instances"] = row["instances"], ["metric"] = row["metric_avg"],
            ["out"] = $"{row["scale_out_at"]}:+1", ["in"] = $"{row["scale_in_at"]}:-{by}",
        });

        Assert.Equal(row["estimate"].Split('=')[1].Trim(), found["estimate"]);
        var isHeld = row["decision"].StartsWith("do not", StringComparison.Ordinal);
        Assert.Equal(isHeld ? "Flapping" : "ScaleIn", found["decision"]);
        Assert.Equal($"{(isHeld ? instances : instances - by)}", found["instances"]);
    }

    [Theory]
    // Any rule asks for more; of two the larger.
    [InlineData("cpu=90,threads=10", "5")]
    [InlineData("cpu=90,threads=700", "7")]
    // All must ask for fewer.
    [InlineData("cpu=10,threads=500", "4")]
    [InlineData("cpu=10,threads=10", "3")]
    public void Of_several_rules_any_asks_for_more_and_all_for_fewer(string metric, string instances) =>
        Assert.Equal(instances, Decided.Of("azure", new Dictionary<string, string>
        {
            ["instances"] = "4", ["metric"] = metric,
            ["out"] = "cpu>=80:+1,threads>=600:+3", ["in"] = "cpu<=30:-2,threads<=100:-1",
        })["instances"]);
}
