using System.Text.Json;

namespace Steelyard.App.Tests.Commands;

/// <summary>The same number names the same operation in the text, in JSON, on the page and in the
/// file.</summary>
public sealed class OperationIndexTests : IDisposable
{
    // A nemesis stands between, and numbers are left out, as in what Jepsen records.
    const string Jepsen = """
        {:index 10, :process 0, :type :invoke, :f :txn, :value [[:append :x 1] [:r :y nil]]}
        {:index 11, :process :nemesis, :type :info, :f :start-partition, :value nil}
        {:index 12, :process :nemesis, :type :info, :f :start-partition, :value "cut off"}
        {:index 15, :process 1, :type :invoke, :f :txn, :value [[:append :y 1] [:r :x nil]]}
        {:index 16, :process 0, :type :ok, :f :txn, :value [[:append :x 1] [:r :y [1]]]}
        {:index 17, :process 1, :type :ok, :f :txn, :value [[:append :y 1] [:r :x [1]]]}
        """;

    // Rows stand in any order: the second began first.
    const string Rows = """
        process,start,end,function,input,output
        bob,30,40,read,,2
        alice,10,20,write,1,
        """;

    readonly SteelyardProcess _steelyard = new();

    public void Dispose() => _steelyard.Dispose();

    [Fact]
    public void Transactions_are_named_by_the_index_of_the_recording_everywhere()
    {
        _steelyard.Write("a.edn", Jepsen);

        var (text, json, page) = Faces("a.edn", "list-append");

        Assert.Contains("T15 read x = [1], to which T10 had appended 1", text, StringComparison.Ordinal);
        Assert.Equal([10, 15], json.Order());
        var data = PageOf(page);
        var nodes = data.GetProperty("promises")[0].GetProperty("anomalies")[0].GetProperty("cycle")
            .GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("name").GetString());
        Assert.Equal(["T10", "T15"], nodes.Order(StringComparer.Ordinal));
        Assert.Equal([10, 15], Drawn(data));
    }

    [Fact]
    public void Operations_of_whole_lines_are_named_by_their_place_among_the_lines()
    {
        _steelyard.Write("a.csv", Rows);

        var (text, json, page) = Faces("a.csv", "register");

        Assert.Contains("operation 0 at 0.000 s, process bob: read", text, StringComparison.Ordinal);
        Assert.Contains(0, json);
        Assert.Equal([0, 1], Drawn(PageOf(page)).Order());
    }

    [Fact]
    public void Without_an_index_the_events_of_the_file_are_counted()
    {
        _steelyard.Write(
            "a.edn",
            string.Join('\n', Jepsen.Split('\n').Select(line => "{" + line[line.IndexOf(':', 2)..])));

        Assert.Equal([0, 3], Faces("a.edn", "list-append").Witness.Order());
    }

    [Fact]
    public void A_counterexample_keeps_the_numbers_its_operations_had()
    {
        _steelyard.Write("a.edn", Jepsen);

        _steelyard.Run("check", "a.edn", "--model", "list-append", "--prove", "--out", "proof");

        var lines = File.ReadAllLines(
            Path.Combine(_steelyard.Folder, "proof", "list-append-counterexample.jsonl"));
        Assert.StartsWith("{\"index\":10,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("{\"index\":15,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("{\"index\":16,", lines[2], StringComparison.Ordinal);
    }

    (string Text, IReadOnlyList<int> Witness, string Page) Faces(string file, string model)
    {
        var text = _steelyard.Run("check", file, "--model", model, "--report", "a.html").Output;
        var json = JsonDocument.Parse(_steelyard.Run("check", file, "--model", model, "--json").Output);
        var witness = json.RootElement.GetProperty("anomalies")[0].GetProperty("witness").EnumerateArray()
            .Select(one => one.GetInt32()).ToList();
        return (text, witness, File.ReadAllText(Path.Combine(_steelyard.Folder, "a.html")));
    }

    static IEnumerable<int> Drawn(JsonElement data) =>
        data.GetProperty("excerpts")[0].GetProperty("operations").EnumerateArray()
            .Select(one => one.GetProperty("index").GetInt32());

    static JsonElement PageOf(string page)
    {
        const string Start = "<script type=\"application/json\" id=\"data\">";
        var from = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        var to = page.IndexOf("</script>", from, StringComparison.Ordinal);
        return JsonDocument.Parse(page[from..to]).RootElement;
    }
}
