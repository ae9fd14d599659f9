using System.Text.Json;

namespace Steelyard.App.Tests.Commands;

/// <summary>A sweep on the command line: what it prints, leaves and answers.</summary>
public sealed class SweepCommandTests : IDisposable
{
    static readonly string[] Registers =
    [
        "sweep", "register", "--vary", "replication=raft,primary-backup-async", "--objective",
        "availability-minority:max", "--objective", "staleness:min", "--objective", "p99:min", "--seeds",
        "1..2", "--out", "s",
    ];

    readonly SteelyardProcess _steelyard = SteelyardProcess.WithServices();

    public void Dispose() => _steelyard.Dispose();

    [Fact]
    public void The_trade_of_replication_is_drawn_and_what_broke_is_told()
    {
        var sweep = _steelyard.Run(Registers);

        Assert.Equal(1, sweep.Code);
        Assert.Equal("", sweep.Error);
        Assert.Contains(
            "Of 2 points raft and primary-backup-async are on the frontier.", sweep.Output,
            StringComparison.Ordinal);
        Assert.Contains(
            "primary-backup-async broke in 2 of 2 runs: linearizable: ", sweep.Output,
            StringComparison.Ordinal);
        foreach (var file in new[] { "sweep.html", "sweep.csv", "sweep.json", "runs.jsonl" })
            Assert.True(File.Exists(Path.Combine(_steelyard.Folder, "s", file)), file);
        var again = _steelyard.Run([.. Registers, "--csv"]);
        Assert.Equal(File.ReadAllText(Path.Combine(_steelyard.Folder, "s", "sweep.csv")), again.Output);
        Assert.Equal(5, File.ReadAllLines(Path.Combine(_steelyard.Folder, "s", "runs.jsonl")).Length);
    }

    [Fact]
    public void The_command_it_prints_does_the_same_and_its_run_repeats_a_figure()
    {
        var json = JsonDocument.Parse(_steelyard.Run([.. Registers, "--json"]).Output).RootElement;
        var point = json.GetProperty("points")[0];
        var repeat = point.GetProperty("repeat").GetString()!.Split(' ')[1..];

        var run = JsonDocument.Parse(_steelyard.Run([.. repeat, "--json"]).Output).RootElement;

        var p99 = run.GetProperty("measurements").EnumerateArray()
            .First(one => one.GetProperty("id").GetString() == "latency-p99");
        Assert.Equal(
            point.GetProperty("figures").GetProperty("latency-p99").GetProperty("runs")[0].GetDouble(),
            p99.GetProperty("value").GetDouble());
    }

    [Fact]
    public void Services_are_swept_too_and_hold()
    {
        var sweep = _steelyard.Run(
            "sweep", "payments", "--vary", "rate=5,10", "--objective", "p99:min", "--seeds", "1..2",
            "--duration", "2s", "--faults", "none", "--json");

        var json = JsonDocument.Parse(sweep.Output).RootElement;
        Assert.Equal(0, sweep.Code);
        Assert.Equal(4, json.GetProperty("runs").GetInt32());
        Assert.Equal("Valid", json.GetProperty("validity").GetString());
        Assert.Single(Directory.GetDirectories(Path.Combine(_steelyard.Folder, "sweeps")));
    }

    [Theory]
    [InlineData("register", "expected --objective which:min or which:max, such as p99:min or"
        + " availability:max, found none")]
    [InlineData("register --objective p99:min", "expected --vary name=value,value: an option of the design,"
        + " or one of nodes, clients, rate, duration, slo, faults")]
    [InlineData("register --objective p99:min --vary r=1..", "--vary r: expected a range such as 1..8,"
        + " 1..10:3 or 1..64:x2, found \"1..\"")]
    [InlineData("register --objective p99:min --objective latency-p99:max --vary r=1",
        "--objective latency-p99: expected each once, found it 2 times")]
    [InlineData("register --objective p99:min --vary r=1,2 --r 2",
        "--vary r: expected it varied or given, found both")]
    [InlineData("register --objective p99:min --vary r=1 --precision 2",
        "--precision: expected a share such as 2% or 0.02, above 0 and below 100% or 1, found \"2\"")]
    [InlineData("register --objective p99:min --vary r=1 --most-seeds 9",
        "--most-seeds: expected --precision with it, found none")]
    [InlineData("register --objective p99:min --vary r=1 --precision 2% --seeds 1..3",
        "--precision: expected it or --seeds, found both: it takes seeds from 1 on, as many as it needs")]
    [InlineData("register --objective p99:min --vary rate=1 --reports some",
        "--reports: expected frontier, all or none, found \"some\"")]
    [InlineData("register --objective p99:min --vary faults=absent.yaml", "")]
    [InlineData("regster --objective p99:min --vary r=1", "")]
    public void What_cannot_be_swept_is_refused_in_one_line(string line, string told)
    {
        var sweep = _steelyard.Run(["sweep", .. line.Split(' ')]);

        Assert.Equal(2, sweep.Code);
        Assert.Equal("", sweep.Output);
        Assert.StartsWith($"steelyard: {told}", sweep.Error, StringComparison.Ordinal);
        Assert.Single(sweep.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void An_objective_that_nobody_measures_is_told_and_finished_work_is_kept()
    {
        string[] words = ["sweep", "register", "--vary", "rate=5..50:5", "--seeds", "1..2", "--duration",
            "2s", "--out", "s", "--faults", "none", "--objective"];

        var wrong = _steelyard.Run([.. words, "latncy-p99:min"]);

        Assert.Equal(2, wrong.Code);
        Assert.EndsWith(
            "found \"latncy-p99\"; did you mean \"latency-p99\"?\n", wrong.Error, StringComparison.Ordinal);
        var kept = File.ReadAllLines(Path.Combine(_steelyard.Folder, "s", "runs.jsonl"));
        Assert.InRange(kept.Length, 2, 20);
        Assert.Equal(0, _steelyard.Run([.. words, "latency-p99:min"]).Code);
        Assert.Equal(
            kept, File.ReadAllLines(Path.Combine(_steelyard.Folder, "s", "runs.jsonl"))[..kept.Length]);
    }

    [Fact]
    public void A_design_that_throws_is_told_with_its_point_and_the_way_back()
    {
        var sweep = _steelyard.Run(
            "sweep", "brittle", "--vary", "clients=1,2", "--objective", "p99:min", "--seeds", "1..20");

        Assert.Equal(70, sweep.Code);
        Assert.StartsWith("steelyard: a bug of Steelyard's", sweep.Error, StringComparison.Ordinal);
        Assert.Contains("; repeat: steelyard run brittle --clients ", sweep.Error, StringComparison.Ordinal);
        var repeat = sweep.Error.TrimEnd('\n').Split("repeat: steelyard ")[1].Split(' ');
        Assert.Equal(70, _steelyard.Run(repeat).Code);
    }

    [Fact]
    public void A_sweep_that_is_interrupted_keeps_what_it_has_and_goes_on()
    {
        if (OperatingSystem.IsWindows())
            return;
        var runs = Path.Combine(_steelyard.Folder, "s", "runs.jsonl");
        string[] words = ["sweep", "register", "--vary", "rate=10..100:10", "--objective", "p99:min",
            "--objective", "throughput:max", "--seeds", "1..40", "--faults", "none", "--out", "s",
            "--reports", "none"];

        var stopped = _steelyard.RunAndInterrupt(() => Lines(runs) > 4, words);
        var kept = Lines(runs) - 1;
        var less = _steelyard.Run([.. words[..9], "1..1", .. words[10..]]);

        Assert.Equal(130, stopped.Code);
        Assert.Contains("The sweep was stopped before its end", stopped.Output, StringComparison.Ordinal);
        Assert.InRange(kept, 4, 399);
        Assert.Equal(0, less.Code);
        Assert.InRange(Lines(runs) - 1, kept, kept + 10);
    }

    static int Lines(string path)
    {
        try
        {
            return File.ReadAllText(path).Count(one => one == '\n');
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
