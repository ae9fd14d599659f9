using Microsoft.AspNetCore.Builder;
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
        return 0;
    }

    static void Count(WebApplication application)
    {
        s_begun++;
        application.Lifetime.ApplicationStopped.Register(() => s_stopped++);
        application.MapGet("/greet", () => "hello");
    }

    static Scenario ScenarioOf(IDesign design)
    {
        var common = new CommonOptions { Duration = TimeSpan.FromSeconds(2) };
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
                TimeSpan.FromMicroseconds((session.NowNs / 1_000) + random.Next(500_000))));
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
        session.Advance(RunPoint.At(TimeSpan.FromSeconds(1)));
        var isTaken = IsTaken(scenario);
        var running = s_begun - s_stopped;
        session.Dispose();
        session.Dispose();
        var left = s_begun - s_stopped;
        var after = s_world.Execute(scenario, FaultPlan.None, new(1), RunControl.None);
        return isTaken && running > 0 && left == 0 && before.History.Hash == after.History.Hash
            ? "nothing is left"
            : $"taken {isTaken}, running {running}, left {left},"
                + $" {before.History.Hash:x}, {after.History.Hash:x}";
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
