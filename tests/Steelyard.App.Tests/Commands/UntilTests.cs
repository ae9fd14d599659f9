using System.Text.Json;
using Steelyard.App.Terminals;
using Steelyard.Designs;

namespace Steelyard.App.Tests.Commands;

/// <summary>Runs and replays that stop at a time, and pages that are written anew.</summary>
public sealed class UntilTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("steelyard-until-");

    string Run => Path.Combine(_folder.FullName, "run");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_run_that_stops_at_a_time_shows_the_state_of_each_node_and_replays_as_far()
    {
        var (_, told) = Steelyard(
            "run", "register", "--replication", "raft", "--until", "1.5s", "--out", Run);

        Assert.Contains("Nodes at 1.5 s", told, StringComparison.Ordinal);
        Assert.Contains("commit index", told, StringComparison.Ordinal);
        Assert.Contains("--until 1500ms", told, StringComparison.Ordinal);
        using var result = JsonDocument.Parse(File.ReadAllText(Path.Combine(Run, "result.json")));
        Assert.True(result.RootElement.GetProperty("partial").GetBoolean());
        Assert.Equal(3, result.RootElement.GetProperty("nodeStates").GetArrayLength());
        Assert.Equal(0, Steelyard("replay", Run).Code);
    }

    [Fact]
    public void A_replay_stops_at_a_time_and_says_whether_the_run_was_the_same_up_to_there()
    {
        Steelyard("run", "register", "--replication", "raft", "--duration", "3s", "--out", Run);

        var (code, told) = Steelyard("replay", Run, "--until", "1.5s", "--json");

        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(told);
        Assert.Equal(1.5, json.RootElement.GetProperty("atSeconds").GetDouble());
        Assert.True(json.RootElement.GetProperty("same").GetBoolean());
        Assert.False(json.RootElement.GetProperty("ended").GetBoolean());
        var values = json.RootElement.GetProperty("nodeStates")[0].GetProperty("values");
        Assert.True(values.GetProperty("commit index").GetInt64() > 0);
        var scenario = Path.Combine(Run, "scenario.yaml");
        File.WriteAllText(scenario, File.ReadAllText(scenario)
            .Replace("seed: 0x1", "seed: 0x2", StringComparison.Ordinal));
        Assert.Equal(1, Steelyard("replay", Run, "--until", "1.5s").Code);
    }

    [Fact]
    public void A_replay_of_an_ended_run_stops_at_its_end()
    {
        Steelyard("run", "register", "--duration", "1s", "--out", Run);

        var (code, told) = Steelyard("replay", Run, "--until", "1h");

        Assert.Equal(0, code);
        Assert.Contains("The run ended at", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_is_written_anew_with_every_message()
    {
        Steelyard("run", "register", "--replication", "raft", "--duration", "1s", "--out", Run);
        var page = Path.Combine(Run, "report.html");
        var before = Excerpts(page);
        File.WriteAllText(page, "");

        var (code, told) = Steelyard("replay", Run, "--messages");

        Assert.Equal(0, code);
        Assert.Contains("written anew", told, StringComparison.Ordinal);
        Assert.Contains("AppendEntries", before, StringComparison.Ordinal);
        Assert.Equal(before, Excerpts(page));
        Assert.Equal(2, Steelyard("replay", Run, "--messages", "--until", "1s").Code);
    }

    static string Excerpts(string page)
    {
        var text = File.ReadAllText(page);
        var from = text.IndexOf("\"excerpts\":", StringComparison.Ordinal);
        return text[from..text.IndexOf("\"measurements\":", from, StringComparison.Ordinal)];
    }

    static (int Code, string Output) Steelyard(params string[] words)
    {
        using var output = new StringWriter();
        var code = CommandLine.Execute(words, Catalogue.All, new(output, output, false, false));
        return (code, output.ToString());
    }
}
