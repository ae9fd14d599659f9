using System.Text.Json;
using Steelyard.Analysis.Measurements;
using Steelyard.Analysis.Transactions;
using Steelyard.Analysis.Workloads.Inserts;
using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Report;
using Steelyard.Runs;

namespace Steelyard.Tests.Report;

/// <summary>How a cycle of transactions gets onto the page and into the answer for machines.</summary>
public sealed class CyclePageTests
{
    [Fact]
    public void Every_edge_of_a_cycle_has_its_kind_its_values_and_its_sentence()
    {
        var found = Anomaly(Judged(2), "G2-item");

        var cycle = found.GetProperty("cycle");
        Assert.Equal(["rw", "rw"], Texts(cycle.GetProperty("edges"), "kind"));
        Assert.Equal(["k1: nil → 1", "k0: nil → 1"], Texts(cycle.GetProperty("edges"), "label"));
        Assert.Equal(
            ["T0 read k1 = nil, without 1, which T1 wrote", "T1 read k0 = nil, without 1, which T0 wrote"],
            Texts(cycle.GetProperty("edges"), "explanation"));
        Assert.Equal(["T0", "T1"], Texts(cycle.GetProperty("nodes"), "name"));
        Assert.Equal(
            ["w k0 1", "r k1 nil"], Texts(cycle.GetProperty("nodes")[0].GetProperty("steps"), "text"));
        Assert.Equal(JsonValueKind.Null, cycle.GetProperty("caption").ValueKind);
        Assert.Equal(
            "2 transactions, each of which must come before the next, and the last before the first",
            found.GetProperty("explanation").GetString());
    }

    [Fact]
    public void A_long_cycle_is_cut_in_its_middle_and_says_how_much_is_missing()
    {
        var cycle = Anomaly(Judged(30), "G2-item").GetProperty("cycle");

        Assert.Equal(10, cycle.GetProperty("nodes").GetArrayLength());
        Assert.Equal(10, cycle.GetProperty("edges").GetArrayLength());
        Assert.Equal(20, cycle.GetProperty("leftOut").GetInt32());
        Assert.Equal(8, cycle.GetProperty("gap").GetInt32());
    }

    [Fact]
    public void Of_many_steps_those_that_the_cycle_is_about_are_kept()
    {
        var noise = string.Join(", ", Enumerable.Range(0, 20).Select(i => $"[r, z{i}, nil]"));
        var history = History.Parse($"""
            0 invoke txn [{noise}, [r, x, nil], [w, y, 1]]
            1 invoke txn [[r, y, nil], [w, x, 1]]
            0 ok txn [{noise}, [r, x, nil], [w, y, 1]]
            1 ok txn [[r, y, nil], [w, x, 1]]
            """);

        var node = Anomaly(Page(history), "G2-item").GetProperty("cycle").GetProperty("nodes")[0];

        var steps = Texts(node.GetProperty("steps"), "text");
        Assert.Equal(8, steps.Count);
        Assert.Equal(["r x nil", "w y 1"], steps[^2..]);
        Assert.Equal(14, node.GetProperty("stepsLeftOut").GetInt32());
    }

    [Theory]
    [InlineData("swap", "[[r, x, nil], [w, y, 1]]", "[[r, y, nil], [w, x, 1]]", "rw-register", 2)]
    [InlineData("insert", "[k, [1, nil]]", "[k, [nil, 2]]", "adya-g2", 1)]
    public void What_has_steps_shows_them_whatever_it_is_called(
        string function, string one, string other, string model, int steps)
    {
        var history = History.Parse($"""
            0 invoke {function} {one}
            1 invoke {function} {other}
            0 ok {function} {one}
            1 ok {function} {other}
            """);
        IChecker judge = model == "adya-g2" ? new PredicateInserts() : new RwRegister("serializable");

        var anomaly = judge.Check(history).Anomalies.First(found => found.Cycle.Count > 0);

        Assert.Equal(steps, CycleParts.Of(history, anomaly)!.Nodes[0].Steps.Count);
    }

    [Fact]
    public void An_anomaly_that_is_no_cycle_has_none()
    {
        var history = History.Parse("""
            0 invoke txn [[w, x, 1], [r, x, nil]]
            0 ok txn [[w, x, 1], [r, x, 2]]
            """);

        Assert.Equal(
            JsonValueKind.Null, Anomaly(Page(history), "internal").GetProperty("cycle").ValueKind);
    }

    [Fact]
    public void The_answer_for_machines_holds_the_whole_cycle()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            ResultJson.WriteAnomaly(json, Ring(30), new RwRegister().Check(Ring(30)).Anomalies[0]);

        var cycle = JsonDocument.Parse(stream.ToArray()).RootElement.GetProperty("cycle");

        Assert.Equal(30, cycle.GetArrayLength());
        Assert.Equal("rw", cycle[0].GetProperty("kind").GetString());
        Assert.Equal("nil → 1", cycle[0].GetProperty("change").GetString());
        Assert.Equal(cycle[0].GetProperty("to").GetInt32(), cycle[1].GetProperty("from").GetInt32());
    }

    static JsonElement Judged(int transactions) => Page(Ring(transactions));

    // Each wrote a register and did not see the next one's write.
    static History Ring(int transactions)
    {
        var builder = new HistoryBuilder();
        Value Steps(int i) => Value.List(
            Value.List("w", $"k{i}", 1), Value.List("r", $"k{(i + 1) % transactions}", Value.Nil));
        for (var i = 0; i < transactions; i++)
            builder.Invoke(i, Functions.Txn, Value.Nil, Steps(i));
        for (var i = 0; i < transactions; i++)
            builder.Complete(i, Outcome.Ok, Steps(i));
        return builder.Build();
    }

    static JsonElement Page(History history)
    {
        using var stream = new MemoryStream();
        var check = new CheckedHistory("h", history, [new RwRegister().Check(history)],
            RunMeasures.Of(history, new()));
        ReportPage.Write(stream, check, []);
        var page = System.Text.Encoding.UTF8.GetString(stream.ToArray());
        const string Start = "id=\"data\">";
        var from = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        return JsonDocument.Parse(page[from..page.IndexOf("</script>", from, StringComparison.Ordinal)])
            .RootElement;
    }

    static JsonElement Anomaly(JsonElement data, string type) => data.GetProperty("promises")[0]
        .GetProperty("anomalies").EnumerateArray()
        .First(found => found.GetProperty("type").GetString() == type);

    static List<string?> Texts(JsonElement list, string name) =>
        [.. list.EnumerateArray().Select(one => one.GetProperty(name).GetString())];
}
