using System.Text.Json;

namespace Steelyard.App.Tests.Commands;

/// <summary>What an answer says of the recording besides the verdict.</summary>
public sealed class CheckTellsTests : IDisposable
{
    readonly SteelyardProcess _steelyard = new();

    public void Dispose() => _steelyard.Dispose();

    [Fact]
    public void Operations_passed_over_are_counted_in_the_text_and_in_JSON()
    {
        _steelyard.Write(
            "a.txt", "0 invoke add 1\n0 ok add 1\n0 invoke reset\n0 ok reset\n0 invoke ping\n0 ok ping\n"
                + "0 invoke reset\n0 ok reset\n1 invoke read\n1 ok read [1]\n");

        var text = _steelyard.Run("check", "a.txt", "--model", "set");
        var json = _steelyard.Run("check", "a.txt", "--model", "set", "--json");

        Assert.Equal(0, text.Code);
        Assert.Contains(
            "3 operations passed over, which this model does not judge: reset (2), ping (1)", text.Output,
            StringComparison.Ordinal);
        var told = JsonDocument.Parse(json.Output).RootElement.GetProperty("passedOver");
        Assert.Equal("reset 2, ping 1", string.Join(
            ", ", told.EnumerateObject().Select(one => $"{one.Name} {one.Value.GetInt32()}")));
    }

    [Fact]
    public void Where_everything_is_passed_over_nothing_held()
    {
        _steelyard.Write("a.txt", "0 invoke reset\n0 ok reset\n");

        var answer = _steelyard.Run("check", "a.txt", "--model", "etcd");

        Assert.Equal(3, answer.Code);
        Assert.Contains("a.txt: 1 operation (text), judged as etcd", answer.Output, StringComparison.Ordinal);
        Assert.Contains(
            "nothing was observed: no operation that is judged ended ok", answer.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Processes_are_called_by_their_names_in_the_witness_and_on_the_page()
    {
        _steelyard.Write(
            "a.csv", "process,start,end,function,input,output\nalice,1,2,write,1,\nbob,3,4,read,,\n");

        var run = _steelyard.Run("check", "a.csv", "--model", "register", "--report", "a.html");

        Assert.Equal(1, run.Code);
        Assert.Contains("process alice: write 1", run.Output, StringComparison.Ordinal);
        Assert.Contains("process bob read nil", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            "process bob", File.ReadAllText(Path.Combine(_steelyard.Folder, "a.html")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_are_no_pairs_are_refused_where_independent_keys_were_promised()
    {
        _steelyard.Write(
            "a.edn", "{:process 0 :type :invoke :f :write :value [1 2]} {:process 0 :type :info :f :write"
            + " :value nil}\n"
                + "{:process 1 :type :invoke :f :write :value 3}\n");

        var run = _steelyard.Run("check", "a.edn", "--model", "register", "--independent");

        Assert.Equal(2, run.Code);
        Assert.Contains(
            "a.edn line 2: expected a value [key value], as --independent says, found 3", run.Error,
            StringComparison.Ordinal);
    }
}
