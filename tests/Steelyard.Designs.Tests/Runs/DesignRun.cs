using Steelyard.Histories;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Runs;

/// <summary>
/// A short run of a design, judged as its scenario says, each promise when it is asked for.
/// </summary>
sealed class DesignRun(Scenario scenario, WorldRun world)
{
    /// <summary>What happened.</summary>
    public WorldRun World { get; } = world;

    /// <summary>All verdicts, in the scenario's order.</summary>
    public IReadOnlyList<Verdict> Verdicts =>
        [.. scenario.Promises.Expectations.Select(checker => checker.Check(World.History))];

    /// <summary>How many seeds a test tries; a long test run tries many more.</summary>
    public static int Seeds(int few, int many) =>
        Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1" ? many : few;

    /// <summary>Runs one: options as on the command line, faults of a palette, or the story's.</summary>
    public static DesignRun Of(
        IDesign design, string options, ulong seed, FaultPalette? palette = null)
    {
        var scenario = Build(design, options);
        var plan = palette is { } some ? Nemesis.Plan(some, scenario, new(seed)) : scenario.StoryFaults;
        return Of(scenario, seed, plan);
    }

    /// <summary>Runs a scenario under a plan.</summary>
    public static DesignRun Of(Scenario scenario, ulong seed, FaultPlan plan) =>
        new(scenario, new SimulatedWorld().Execute(scenario, plan, new(seed), RunControl.None));

    /// <summary>The scenario of some options, eighteen seconds long.</summary>
    public static Scenario Build(IDesign design, string options)
    {
        var words = options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var given = words.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        var common = new CommonOptions { Duration = TimeSpan.FromSeconds(18) };
        return design.Build(new(design, common, given));
    }

    /// <summary>The verdict of a checker.</summary>
    public Verdict this[string checker] =>
        scenario.Promises.Expectations.Single(promise => promise.Name == checker).Check(World.History);

    /// <summary>What was broken or not decided, in order; what the world found first.</summary>
    public string Broken => string.Join(
        "; ", World.Findings.Concat(Verdicts).Where(v => v.Validity != Validity.Valid)
            .Select(v => $"{v.Checker}: {v.Summary}"));

    /// <summary>
    /// The share of requests of a function that were answered, of those made well within the middle third: so
    /// early in it that no client still waits when it ends.
    /// </summary>
    public double AnsweredInTheMiddle(string function, params string[] nodes)
    {
        var end = scenario.Load.Duration.TotalNanoseconds;
        var asked = World.History.Operations
            .Where(o => o.Function == function && o.InvokedNs > end * 0.5 && o.InvokedNs < end * 0.54)
            .Where(o => nodes.Length == 0 || nodes.Contains(o.Node)).ToList();
        Assert.NotEmpty(asked);
        return asked.Count(o => o.Outcome == Outcome.Ok) / (double)asked.Count;
    }
}
