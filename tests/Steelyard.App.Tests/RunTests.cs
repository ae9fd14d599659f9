using System.Text.Json;

namespace Steelyard.App.Tests;

public sealed class RunTests
{
    [Fact]
    public void A_default_run_of_the_bank_holds_its_promises_and_says_who_was_refused()
    {
        using var steelyard = new SteelyardProcess();

        var run = steelyard.Run("run", "bank");

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.Code);
        Assert.Contains("promises held in this run; 1 seed.", run.Output, StringComparison.Ordinal);
        Assert.Contains("while cut apart, minority (n4 n5)", run.Output, StringComparison.Ordinal);
        Assert.Contains("Repeat   steelyard run bank --seed 0x1", run.Output, StringComparison.Ordinal);
        foreach (var name in new[] { "report.html", "history.jsonl", "result.json", "scenario.yaml",
            "faults.yaml" })
            Assert.True(File.Exists(Path.Combine(steelyard.Folder, "runs", "bank-0x1", name)), name);
    }

    [Fact]
    public void A_broken_promise_is_exit_code_1_and_its_witness_is_shown()
    {
        using var steelyard = new SteelyardProcess();

        var run = steelyard.Run("run", "bank", "--replication", "async", "--json");

        Assert.Equal(1, run.Code);
        using var json = JsonDocument.Parse(run.Output);
        var verdict = json.RootElement.GetProperty("verdicts").EnumerateArray()
            .First(verdict => verdict.GetProperty("checker").GetString() == "no-overdraft");
        Assert.Equal("Invalid", verdict.GetProperty("validity").GetString());
        Assert.InRange(verdict.GetProperty("anomalies")[0].GetProperty("witness").GetArrayLength(), 1, 10);
    }

    [Fact]
    public void The_scenario_and_the_faults_of_a_folder_give_the_same_run_again()
    {
        using var steelyard = new SteelyardProcess();
        var first = Hash(steelyard.Run(
            "run", "register", "--faults", "all", "--seed", "3", "--duration", "5s", "--out", "a", "--json"));

        var again = Hash(steelyard.Run("run", Path.Combine("a", "scenario.yaml"), "--out", "b", "--json"));
        var replay = steelyard.Run("replay", "a");

        Assert.Equal(first, again);
        Assert.Equal(0, replay.Code);
        Assert.Contains("bit for bit", replay.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_history_of_a_run_is_judged_by_its_own_promises()
    {
        using var steelyard = new SteelyardProcess();
        steelyard.Run("run", "register", "--duration", "5s", "--out", "a");

        var check = steelyard.Run("check", Path.Combine("a", "history.jsonl"));

        Assert.Equal("", check.Error);
        Assert.Equal(0, check.Code);
        Assert.Contains("judged as register", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_C_keeps_what_there_is_and_names_it_partial()
    {
        using var steelyard = new SteelyardProcess();
        var folder = Path.Combine(steelyard.Folder, "a");

        var run = steelyard.RunAndInterrupt(
            () => Directory.Exists(folder), "run", "register", "--duration", "100h", "--out", "a");

        Assert.Equal(130, run.Code);
        Assert.Contains("PARTIAL", run.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "result.json")));
        Assert.True(json.RootElement.GetProperty("partial").GetBoolean());
        Assert.True(File.Exists(Path.Combine(folder, "report.html")));
        Assert.Equal(0, steelyard.Run("replay", "a").Code);
    }

    static string? Hash(ProcessOutcome run)
    {
        using var json = JsonDocument.Parse(run.Output);
        return json.RootElement.GetProperty("historyHash").GetString();
    }
}
