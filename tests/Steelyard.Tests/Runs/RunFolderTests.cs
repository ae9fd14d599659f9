using System.Text.Json;
using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Tests.Runs;

public sealed class RunFolderTests
{
    [Fact]
    public void A_run_leaves_five_files_and_nothing_else()
    {
        using var place = new TemporaryFolder();
        var request = Request(TinyRegister.With(), FaultChoice.Story);
        var folder = RunFolder.Make(place.File("new/run"), request);
        var world = new SimulatedWorld();
        var result = Run.Execute(request, world, RunControl.None);

        folder.Write(result, trace: null);

        Assert.Equal(
            ["faults.yaml", "history.jsonl", "report.html", "result.json", "scenario.yaml"],
            Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(result.World.History.Hash, HistoryFile.Read(folder.History).Hash);
        using var json = JsonDocument.Parse(File.ReadAllText(folder.Result));
        Assert.Equal("tiny", json.RootElement.GetProperty("design").GetString());
        Assert.Equal("0x5", json.RootElement.GetProperty("seed").GetString());
        Assert.Equal("Valid", json.RootElement.GetProperty("validity").GetString());
        Assert.Equal(ResultJson.Hash(result.World.History.Hash), json.RootElement.GetProperty("historyHash")
            .GetString());
        Assert.Equal(ResultJson.Hash(result.World.ScheduleHash), json.RootElement.GetProperty("scheduleHash")
            .GetString());
        Assert.False(json.RootElement.GetProperty("partial").GetBoolean());
        Assert.Equal(JsonValueKind.Array, json.RootElement.GetProperty("measurements").ValueKind);
    }

    [Fact]
    public void A_folder_is_named_after_all_that_is_not_at_its_default()
    {
        using var place = new TemporaryFolder();
        var options = new DesignOptions(
            new TinyRegister(), new() { Nodes = 3 },
            new Dictionary<string, string>(
                StringComparer.Ordinal) { ["forgetful"] = "true", ["flavour"] = "salted" });
        var request = Request(options, FaultChoice.Of("my/own.yaml", FaultPlan.None));

        Assert.Equal("tiny-0x5-forgetful-flavour-salted-nodes-3-faults-own", RunFolder.NameOf(request));
        Assert.Equal("tiny-0x5", RunFolder.NameOf(Request(TinyRegister.With(), FaultChoice.Story)));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_a_mistake_of_the_user()
    {
        using var place = new TemporaryFolder();
        var file = place.Write("file", "");

        var mistake = Assert.Throws<UserMistakeException>(
            () => RunFolder.Make(Path.Combine(file, "run"), Request(TinyRegister.With(), FaultChoice.Story)));

        Assert.StartsWith(
            "expected a folder that can be written, found ", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_finished_run_is_not_opened()
    {
        using var place = new TemporaryFolder();

        Assert.Throws<UserMistakeException>(() => RunFolder.Open(place.Path));
        Assert.Throws<UserMistakeException>(() => RunFolder.Open(place.File("absent")));
    }

    [Fact]
    public void The_repeat_command_names_what_is_not_at_its_default()
    {
        var options = new DesignOptions(
            new TinyRegister(), new() { RatePerSecond = 2.5, Duration = TimeSpan.FromSeconds(3) },
            new Dictionary<string, string>(
                StringComparer.Ordinal) { ["forgetful"] = "true", ["flavour"] = "salted" });

        Assert.Equal(
            "steelyard run tiny --forgetful --flavour salted --rate 2.5 --duration 3s --faults none "
                + "--seed 0x9",
            RunCommand.Of(RunRequest.Of(new TinyRegister(), options, FaultChoice.None, new(9)).Spec));
    }

    [Fact]
    public void Invalid_outranks_Unknown_and_Unknown_outranks_Valid()
    {
        var valid = Verdict.Holds("a", "");
        var unknown = Verdict.Undecided("b", "steps");
        var invalid = Verdict.Broken("c", new Anomaly("x", "y", []));

        Assert.Equal(Validity.Valid, Verdict.Overall([]));
        Assert.Equal(Validity.Valid, Verdict.Overall([valid]));
        Assert.Equal(Validity.Unknown, Verdict.Overall([valid, unknown, valid]));
        Assert.Equal(Validity.Invalid, Verdict.Overall([unknown, invalid, unknown]));
    }

    static RunRequest Request(DesignOptions options, FaultChoice faults) =>
        RunRequest.Of(new TinyRegister(), options, faults, new(5));
}
