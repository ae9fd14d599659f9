using Steelyard.Analysis.Tests.Laws;

namespace Steelyard.Analysis.Tests.Policies.Scaling;

/// <summary>Rows of upstream's own tables: knative/serving's autoscaler_test.go.</summary>
public class KpaTruthTests
{
    static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> Rows =
        TruthRows.Of("knative-kpa", Path.Combine("Policies", "Scaling"));

    public static TheoryData<string> Cases =>
        [.. Rows.Select(row => $"{row["group"]}: {row["case"]}").Distinct()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Looks_one_after_another_want_the_pods_of_the_rows(string name)
    {
        var rows = Rows.Where(row => $"{row["group"]}: {row["case"]}" == name).ToList();
        var first = rows[0];
        string Each(string column, string empty) =>
            string.Join(',', rows.Select(row => row[column].Length > 0 ? row[column] : empty));
        var given = new Dictionary<string, string>
        {
            ["target"] = Each("target", ""), ["burst"] = Each("target_burst_capacity", "0"),
            ["total"] = Each("total_value", "0"), ["panic-threshold"] = first["panic_threshold"],
            ["max-up"] = first["max_up"], ["max-down"] = first["max_down"],
            ["delay"] = first["scale_down_delay_s"], ["t"] = Each("t_s", ""),
            ["ready"] = Each("ready_pods", "0"), ["stable"] = Each("stable_metric", "none"),
            ["panic"] = Each("panic_metric", "none"),
            ["reachable"] = Each("reachable", "").Replace('1', 'T').Replace('0', 'F'),
        };
        if (first["panic_started_at_s"].Length > 0)
            (given["panic-since"], given["panic-most"]) =
                (first["panic_started_at_s"], first["max_panic_pods"]);

        var found = Decided.Of("kpa", given);

        Assert.Equal(
            rows.Select(row => row["want_valid"] == "1" ? row["want_pods"] : ""),
            (rows.Count > 1 ? found["looks"] : found["pods"]).Split(','));
    }

    [Theory]
    [InlineData("target=181 burst=-1 stable=21 panic=26", "-1")]
    [InlineData("target=10 burst=0 stable=50 panic=49", "0")]
    [InlineData("target=10 burst=100 stable=50 panic=50", "-137")]
    public void What_is_left_for_a_burst_is_told(string words, string excess) =>
        Assert.Equal(excess, Decided.Of("kpa", words)["excessBurstCapacity"]);
}
