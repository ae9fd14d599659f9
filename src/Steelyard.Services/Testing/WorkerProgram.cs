using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Services.Scenarios;
using Steelyard.Services.Scheduling;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Testing;

/// <summary>The worker's side: takes a request, runs its seed, answers, until nobody asks any more. One
/// thread does everything, one simulation at a time. Tests start it; people do not.</summary>
internal static class WorkerProgram
{
    // A method with a name: top-level statements would put a public Program beside the user's own.
    static void Main()
    {
        PoolThread.Prepare();
        Run(Console.In, Console.Out);
        // Not by returning: a thread that an application started would keep the process.
        Environment.Exit(0);
    }

    static void Run(TextReader requests, TextWriter answers)
    {
        while (requests.ReadLine() is { } line)
        {
            var request = JsonSerializer.Deserialize<WorkerRequest>(line)!;
            answers.WriteLine(JsonSerializer.Serialize(Answer(request)));
            answers.Flush();
        }
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
        PoolThread.Patience = request.Patience;
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
        [
            .. run.Findings,
            .. scenario.Promises.Expectations.Select(checker => checker.Check(run.History)),
        ];
        var told = verdicts.Where(verdict => verdict.Validity != Validity.Valid)
            .Select(verdict => $"{verdict.Checker}: {verdict.Summary}");
        return new(
            request.Seed, Verdict.Overall(verdicts).ToString(), run.History.Hash, run.ScheduleHash,
            run.History.Count,
            [.. told]);
    }

    static void Keep(History history, string file)
    {
        using var stream = File.Create(file);
        JsonlWriter.Write(stream, history);
    }

    static Action<ServicesWorld> Builder(WorkerRequest request)
    {
        var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(request.Assembly);
        var type = assembly.GetType(request.Scenario, throwOnError: true)!;
        var map = type.GetInterfaceMap(typeof(IServicesScenario));
        return map.TargetMethods[0].CreateDelegate<Action<ServicesWorld>>();
    }
}
