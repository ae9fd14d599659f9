using System.CommandLine;
using System.Text.Json;
using Steelyard.App.Terminals;
using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Replays;
using Steelyard.Runs;
using Steelyard.Specs;

namespace Steelyard.App.Commands;

/// <summary><c>steelyard replay</c>: the same run again, or where it differs.</summary>
internal static class ReplayCommandLine
{
    public static Command Create(DesignCatalogue designs, Terminal terminal)
    {
        var command = new Command("replay",
            "Do a run again from its folder; exit 0 when it is the same, 1 with the first difference");
        var folder = new Argument<string?>("run folder")
        {
            Description = "The folder a run left, such as runs/bank-0x1",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var app = new AppOptionSet();
        var seed = CommonOptionSet.Text(
            "--seed", "number", "With --app, the seed of the run; 1 when not given");
        var until = CommonOptionSet.Text(
            "--until", "time", "Go no further than this time of the run, and show the state of each node");
        var messages = new Option<bool>("--messages")
        {
            Description = "Keep every message, however many, and write the page anew with those it draws",
        };
        var json = new Option<bool>("--json") { Description = "Print the comparison as JSON" };
        command.Add(folder);
        app.AddTo(command);
        foreach (var option in new Option[] { seed, until, messages, json })
            command.Add(option);
        command.SetAction(parsed =>
        {
            var opened = Open(
                parsed.GetValue(folder), app.Read(parsed, designs), parsed.GetValue(seed));
            var time = CommonOptionSet.DurationAboveZero(parsed, until);
            if (time is not null && parsed.GetValue(messages))
                throw new UserMistakeException("expected --until or --messages, found both");
            StartOver.OnTheCopyFor(ScenarioFile.Read(opened.Scenario, designs));
            return time is { } at
                ? new ReplayedStates(terminal, designs).Execute(opened, at, parsed.GetValue(json))
                : Execute(opened, parsed.GetValue(messages), parsed.GetValue(json), designs, terminal);
        });
        Examples.Of(command, "steelyard replay runs/bank-0x1", "steelyard replay runs/bank-0x1 --until 3.2s",
            "steelyard replay --app bin/Release/net10.0/My.Tests.dll --scenario Payments --seed 7");
        return command;
    }

    // A scenario's own run is found by its name and seed, where run left it.
    static RunFolder Open(string? folder, DesignEntry? scenario, string? seed)
    {
        if (scenario is null)
            return seed is null
                ? RunFolder.Open(folder ?? throw new UserMistakeException(
                    "steelyard replay: expected <run folder> or --app <X.dll>, found nothing"))
                : throw new UserMistakeException("--seed: expected --app <X.dll> with it, found none");
        if (folder is not null)
            throw new UserMistakeException($"expected the folder of a run or --app, found both");
        var design = scenario.Design;
        return RunFolder.OpenOf(RunRequest.Of(
            design, new(design, new()), FaultChoice.Story,
            seed is null ? RunSpec.DefaultSeed : CommonOptionSet.SeedOf(seed), scenario.Assembly));
    }

    static int Execute(
        RunFolder folder, bool messages, bool json, DesignCatalogue designs, Terminal terminal)
    {
        using var interruption = new Interruption();
        var trace = messages ? new RunTrace(long.MaxValue) : null;
        Replay replay;
        using (var status = new StatusLine(terminal))
            replay = Replay.Execute(folder, designs, EveryDesign.CreateWorld(), new()
            {
                Cancellation = interruption.Token,
                Progress = new ReplayProgress(status),
                Trace = trace,
                States = trace,
            });
        if (interruption.Token.IsCancellationRequested)
            return ExitCodes.Interrupted;
        // What another run sent would explain nothing.
        if (trace is not null && replay.IsSame)
            folder.WriteReport(replay.Again, trace);
        if (json)
            terminal.Json(writer => Write(writer, replay));
        else
            Write(terminal, replay);
        if (trace is not null && replay.IsSame && !json)
            terminal.Line($"  the page was written anew: {folder.Report}");
        return replay.IsSame ? ExitCodes.Held : ExitCodes.Broken;
    }

    static void Write(Terminal terminal, Replay replay)
    {
        var again = replay.Again;
        if (replay.IsSame)
        {
            terminal.Line(
                $"The same: {again.Operations:N0} operations and "
                    + $"{again.World.Counters.Events:N0} events of the scheduler, bit for bit.");
            terminal.Line(
                $"  history {ResultJson.Hash(again.World.History.Hash)}, schedule "
                    + $"{ResultJson.Hash(again.World.ScheduleHash)}");
            return;
        }

        terminal.Line(replay.SameVersion
            ? $"{again.Design.Name} is not deterministic: seed {again.Seed} gave two histories."
            : $"The run differs: it was recorded by version {replay.Recorded.Version}, and this is "
                + $"{ResultJson.Version}.");
        DifferenceLines.Write(terminal, replay.Difference, "recorded", "again");
        if (replay.SameVersion)
            terminal.Line(
                "  likely cause: a node used a clock, random source or hash order outside its world, or a "
                    + "file of the folder was changed.");
        terminal.Line($"  repeat: {terminal.Named(RunCommand.Of(again.Spec))}");
    }

    static void Write(Utf8JsonWriter json, Replay replay)
    {
        json.WriteStartObject();
        json.WriteString("design", replay.Again.Design.Name);
        json.WriteString("seed", replay.Again.Seed.ToString());
        json.WriteBoolean("same", replay.IsSame);
        json.WriteString("recordedHistoryHash", ResultJson.Hash(replay.Recorded.HistoryHash));
        json.WriteString("historyHash", ResultJson.Hash(replay.Again.World.History.Hash));
        json.WriteString("recordedScheduleHash", ResultJson.Hash(replay.Recorded.ScheduleHash));
        json.WriteString("scheduleHash", ResultJson.Hash(replay.Again.World.ScheduleHash));
        json.WriteString("recordedVersion", replay.Recorded.Version);
        json.WriteString("version", ResultJson.Version);
        DifferenceLines.Write(json, replay.Difference, "recorded", "again");
        json.WriteEndObject();
    }
}

/// <summary>Progress of a replay, in time of the run.</summary>
internal sealed class ReplayProgress(StatusLine status) : IProgress<TimeSpan>
{
    public void Report(TimeSpan value) => status.Show(
        elapsed => $"replay: {value.TotalSeconds:0.0} s simulated, {value / elapsed:N0} times real time");
}
