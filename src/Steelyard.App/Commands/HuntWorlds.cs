using System.CommandLine;
using System.Text.Json;
using Steelyard.App.Terminals;
using Steelyard.Runs;
using Steelyard.Workers;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands;

/// <summary>Where a hunt runs its seeds: here, or in processes of their own.</summary>
internal sealed class HuntWorlds
{
    readonly Option<bool> _isolate = new("--isolate")
    {
        Description = "Give every seed a fresh process",
        Recursive = true,
    };
    readonly Option<bool> _twice = new("--twice")
    {
        Description = "Run every seed twice, in fresh processes, and stop where the two runs differ",
        Recursive = true,
    };

    public void AddTo(Command command)
    {
        command.Add(_isolate);
        command.Add(_twice);
    }

    /// <summary>What makes the world of each of the hunt's threads.</summary>
    public Func<IWorld> Creator(RunRequest request, ParseResult parsed)
    {
        // Some deployments want a process for themselves.
        IWorld Process(int seeds) =>
            new WorkerWorld(WorkerCommand.OfThisProcess(), request.Spec, seeds);
        if (parsed.GetValue(_twice))
            return () => new TwiceWorld(() => Process(seeds: 1));
        if (parsed.GetValue(_isolate))
            return () => Process(seeds: 1);
        return request.Build().Deployment.FillsProcess
            ? () => Process(WorkerWorld.DefaultSeedsPerProcess)
            : () => EveryDesign.CreateWorld();
    }

    /// <summary>Says that a seed gave two runs.</summary>
    public static int Tell(Terminal terminal, bool asJson, RunRequest request, NotDeterministicException told)
    {
        var repeat = RunCommand.Of(request.With(told.Seed).Spec)
            .Replace("steelyard run", "steelyard hunt", StringComparison.Ordinal)
            .Replace("--seed ", "--seeds ", StringComparison.Ordinal) + " --twice";
        if (asJson)
        {
            terminal.Json(json => Write(json, request, told, repeat));
            return ExitCodes.Broken;
        }

        terminal.Line($"{request.Design.Name} is not deterministic: seed {told.Seed} gave two histories.");
        DifferenceLines.Write(terminal, told.Difference, "run 1", "run 2");
        terminal.Line($"  likely cause: {CauseOf(request)}");
        terminal.Line($"  repeat: {terminal.Named(repeat)}");
        return ExitCodes.Broken;
    }

    static void Write(
        Utf8JsonWriter json, RunRequest request, NotDeterministicException told, string repeat)
    {
        json.WriteStartObject();
        json.WriteString("version", ResultJson.Version);
        json.WriteString("design", request.Design.Name);
        json.WriteString("seed", told.Seed.ToString());
        json.WriteBoolean("deterministic", false);
        DifferenceLines.Write(json, told.Difference, "run1", "run2");
        json.WriteString("likelyCause", CauseOf(request));
        json.WriteString("repeat", repeat);
        json.WriteEndObject();
    }

    static string CauseOf(RunRequest request) => request.Build().Deployment.FillsProcess
        ? "a host used a clock, random source, thread or hash order outside its world."
        : "a node used a clock, random source or hash order outside its world.";
}
