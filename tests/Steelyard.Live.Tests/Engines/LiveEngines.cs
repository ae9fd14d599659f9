using Steelyard.Live.Engines;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines;

/// <summary>Engines and runs of them, for tests.</summary>
static class LiveEngines
{
    public static Engine Named(string name) =>
        LiveCatalogue.All.Cast<LiveDesign>().First(design => design.Engine.Name == name).Engine;

    /// <summary>Runs an engine as the command line does, and judges it.</summary>
    public static (WorldRun Run, IReadOnlyList<Verdict> Verdicts) Run(
        string engine, FaultPlan plan, TimeSpan duration, params (string Name, string Value)[] options) =>
        Run(engine, plan, duration, settle: null, options);

    /// <summary>The same, with another time for the engine to settle before the final reads.</summary>
    public static (WorldRun Run, IReadOnlyList<Verdict> Verdicts) Run(
        string engine, FaultPlan plan, TimeSpan duration, TimeSpan? settle,
        params (string Name, string Value)[] options)
    {
        var design = LiveCatalogue.All.First(design => design.Name == $"live {engine}");
        var scenario = design.Build(new(
            design, new() { Duration = duration },
            options.ToDictionary(option => option.Name, option => option.Value, StringComparer.Ordinal)));
        if (settle is { } time)
            scenario = scenario with { Load = scenario.Load with { Settle = time } };
        var run = new LiveWorld().Execute(scenario, plan, new Seed(1), RunControl.None);
        return (run, [.. scenario.Promises.Expectations.Select(checker => checker.Check(run.History))]);
    }
}
