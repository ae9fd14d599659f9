using Microsoft.AspNetCore.Builder;
using Steelyard.Runs;
using Steelyard.Services;
using Steelyard.Services.Designs;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.App.Tests.Services;

/// <summary>Runs services step by step, in a process of its own, and says what came of it.</summary>
internal static class SteppedServices
{
    public const string Word = "stepped-services";

    static readonly ServicesSimulation s_world = new();
    static readonly ServiceDesign s_counted = new("counted", Count);
    static int s_begun;
    static int s_stopped;

    public static int Run()
    {
        foreach (var design in ServiceCatalogue.All)
            Console.WriteLine($"{design.Name}: {Compare(ScenarioOf(design))}");
        Console.WriteLine($"left in the middle: {LeaveInTheMiddle(ScenarioOf(s_counted))}");
        Console.WriteLine($"its page: {WritePage(s_counted)}");
        return 0;
    }

    // The messages of a page come from the one execution there is.
    static string WritePage(ServiceDesign design)
    {
        var place = Directory.CreateTempSubdirectory("steelyard-page-");
        var common = new CommonOptions { Duration = TimeSpan.FromSeconds(1) };
        var options = new DesignOptions(
            design, common, new Dictionary<string, string>(StringComparer.Ordinal));
        var request = RunRequest.Of(design, options, FaultChoice.None, new(1));
        var world = new CountingWorld();
        var trace = new RunTrace();
        var folder = RunFolder.Make(place.FullName, request);
        var run = Steelyard.Runs.Run.Execute(request, world, new() { Trace = trace, States = trace });
        folder.Write(run, trace);
        var page = File.ReadAllText(folder.Report);
        place.Delete(recursive: true);
        var isDrawn = page.Contains("\"label\":\"Segment\"", StringComparison.Ordinal)
            && page.Contains("application runs", StringComparison.Ordinal);
        return isDrawn && world.Starts == 1
            ? "drawn from one execution"
            : $"drawn {isDrawn}, executed {world.Starts} times";
    }

    sealed class CountingWorld : IWorld
    {
        public int Starts { get; private set; }

        public bool CanRun(Deployment deployment) => s_world.CanRun(deployment);

        public RunSession Start(Scenario scenario, FaultPlan plan, Seed seed, RunControl control)
        {
            Starts++;
            return s_world.Start(scenario, plan, seed, control);
        }
    }

    static void Count(WebApplication application)
    {
        s_begun++;
        application.Lifetime.ApplicationStopped.Register(() => s_stopped++);
        application.MapGet("/greet", () => "hello");
    }

    static Scenario ScenarioOf(IDesign design)
    {
        var common = new CommonOptions { Duration = TimeSpan.FromSeconds(1) };
        return design.Build(new(design, common, new Dictionary<string, string>(StringComparer.Ordinal)));
    }

    static string Compare(Scenario scenario)
    {
        var plan = Nemesis.Plan(FaultPalette.All, scenario, new(3));
        var whole = s_world.Execute(scenario, plan, new(3), RunControl.None);
        var random = new SeededRandom(new(3), "steps");
        using var session = s_world.Start(scenario, plan, new(3), RunControl.None);
        var steps = 0;
        for (; !session.HasEnded; steps++)
        {
            session.Advance(RunPoint.At(
                TimeSpan.FromMicroseconds((session.NowNs / 1_000) + random.Next(300_000))));
            if (session.States().Count != scenario.Cluster.Nodes.Count)
                return "not every node was seen";
        }

        var run = session.Finish();
        return steps > 4 && run.History.Count > 0
            && (run.History.Hash, run.ScheduleHash) == (whole.History.Hash, whole.ScheduleHash)
            ? "same"
            : $"{whole.History.Hash:x} in one step, {run.History.Hash:x} in {steps}";
    }

    // What a run has started must be gone: the next one finds no thread, no host and no room taken.
    static string LeaveInTheMiddle(Scenario scenario)
    {
        var before = s_world.Execute(scenario, FaultPlan.None, new(1), RunControl.None);
        var session = s_world.Start(scenario, FaultPlan.None, new(1), RunControl.None);
        session.Advance(RunPoint.At(TimeSpan.FromMilliseconds(500)));
        var isTaken = IsTaken(scenario);
        var running = s_begun - s_stopped;
        var threads = ServerThreads();
        session.Dispose();
        session.Dispose();
        var left = s_begun - s_stopped;
        var after = s_world.Execute(scenario, FaultPlan.None, new(1), RunControl.None);
        var threadsLeft = ServerThreads();
        return isTaken && running > 0 && left == 0 && threads is null or > 0 && threadsLeft is null or 0
            && before.History.Hash == after.History.Hash
            ? "nothing is left"
            : $"taken {isTaken}, running {running}, left {left}, threads {threads}, {threadsLeft},"
                + $" {before.History.Hash:x}, {after.History.Hash:x}";
    }

    // Each server has a thread that counts its time limits; null where the machine does not tell the names of
    // threads.
    static int? ServerThreads()
    {
        const string Threads = "/proc/self/task";
        return Directory.Exists(Threads)
            ? Directory.GetDirectories(Threads).Count(thread => File.ReadAllText(
                Path.Combine(thread, "comm")).StartsWith("Kestrel", StringComparison.Ordinal))
            : null;
    }

    static bool IsTaken(Scenario scenario)
    {
        try
        {
            s_world.Start(scenario, FaultPlan.None, new(1), RunControl.None).Dispose();
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
