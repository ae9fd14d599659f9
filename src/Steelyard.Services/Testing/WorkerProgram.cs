using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using Steelyard.Histories;
using Steelyard.Histories.Formats;
using Steelyard.Services.Scheduling;
using Steelyard.Worlds;

namespace Steelyard.Services.Testing;

/// <summary>The worker's side: takes a request, runs its seed, answers, until nobody asks any more.</summary>
internal static class WorkerProgram
{
    /// <summary>Answers every line.</summary>
    public static int Run(TextReader requests, TextWriter answers)
    {
        while (requests.ReadLine() is { } line)
        {
            var request = JsonSerializer.Deserialize<WorkerRequest>(line)!;
            answers.WriteLine(JsonSerializer.Serialize(Answer(request)));
            answers.Flush();
        }

        return 0;
    }

    static WorkerAnswer Answer(WorkerRequest request)
    {
        try
        {
            return Execute(request);
        }
        catch (UserMistakeException mistake)
        {
            return new(request.Seed, "", 0, 0, 0, [], mistake.Message);
        }
#pragma warning disable CA1031 // Not swallowed: the test that asked fails with it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return new(request.Seed, "", 0, 0, 0, [], failure.ToString());
        }
    }

    static WorkerAnswer Execute(WorkerRequest request)
    {
        Worker.Patience = request.Patience;
        var world = new ServicesWorld();
        Builder(request)(world);
        var scenario = world.ToScenario(request.Scenario, "a scenario of a test");
        var seed = new Seed(request.Seed);
        var drawn = Nemesis.Plan(world.Palette, scenario, seed);
        var plan = new FaultPlan([.. scenario.StoryFaults.Faults, .. drawn.Faults]);
        var run = new ServicesSimulation().Execute(scenario, plan, seed, RunControl.None);
        if (request.HistoryFile is { } file)
            Keep(run.History, file);
        List<Verdict> verdicts =
            [.. run.Findings, .. scenario.Expectations.Select(checker => checker.Check(run.History))];
        var told = verdicts.Where(verdict => verdict.Validity != Validity.Valid)
            .Select(verdict => $"{verdict.Checker}: {verdict.Summary}");
        return new(
            request.Seed, Overall(verdicts).ToString(), run.History.Hash, run.ScheduleHash, run.History.Count,
            [.. told]);
    }

    static void Keep(History history, string file)
    {
        using var stream = File.Create(file);
        JsonlWriter.Write(stream, history);
    }

    static Validity Overall(List<Verdict> verdicts) =>
        verdicts.Exists(verdict => verdict.Validity == Validity.Invalid) ? Validity.Invalid
        : verdicts.Exists(verdict => verdict.Validity == Validity.Unknown) ? Validity.Unknown
        : Validity.Valid;

    static Action<ServicesWorld> Builder(WorkerRequest request)
    {
        var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(request.Assembly);
        var type = assembly.GetType(request.Scenario, throwOnError: true)!;
        var map = type.GetInterfaceMap(typeof(IServicesScenario));
        return map.TargetMethods[0].CreateDelegate<Action<ServicesWorld>>();
    }
}
