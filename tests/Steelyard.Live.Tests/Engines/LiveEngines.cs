using Steelyard.Live.Engines;
using Steelyard.Histories;
using Steelyard.Live.Matrix;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines;

/// <summary>Engines and runs of them, for tests.</summary>
static class LiveEngines
{
    public static Engine Named(string name) =>
        LiveCatalogue.All.Cast<LiveDesign>().First(design => design.Engine.Name == name).Engine;

    /// <summary>Starts one in a set-up.</summary>
    public static StartedEngine Start(string name, string setup) => StartedEngine.Start(
        Named(name), Named(name).UsualSetup(setup), keep: null, CancellationToken.None);

    /// <summary>Asks for a change of a cluster until it is done.</summary>
    public static async Task UntilChanged(
        this EngineCluster cluster, MembershipChangeKind kind, EngineNode node, CancellationToken stop)
    {
        while (await cluster.Change(kind, node, stop) != MembershipOutcome.Done)
            await Task.Delay(50, stop);
    }

    /// <summary>Tries every cell of a database's table of isolation levels.</summary>
    /// <returns>A line for each that is not as is said.</returns>
    public static IReadOnlyList<string> DifferencesOfIsolation(string engine)
    {
        var table = Named(engine).IsolationTable!;
        using var started = Start(engine, table.Setup);
        return
        [
            .. from row in table.Rows
               let finding = row.Try(started.Cluster, CancellationToken.None).GetAwaiter().GetResult()
               where finding.Occurred != (row.Expected == Expectation.Occurs)
               select $"{row.Configuration}, {row.Workload}: expected {row.Expected}, found"
                   + $" {finding.Evidence}",
        ];
    }

    /// <summary>Runs an engine as the command line does, and judges it.</summary>
    public static (WorldRun Run, IReadOnlyList<Verdict> Verdicts) Run(
        string engine, FaultPlan plan, TimeSpan duration, params (string Name, string Value)[] options) =>
        Run(engine, plan, duration, settle: null, options);

    /// <summary>The same, with another time for the engine to settle before the final reads.</summary>
    public static (WorldRun Run, IReadOnlyList<Verdict> Verdicts) Run(
        string engine, FaultPlan plan, TimeSpan duration, TimeSpan? settle,
        params (string Name, string Value)[] options) =>
        Run(engine, plan, new CommonOptions { Duration = duration }, settle, options);

    /// <summary>The same, with any of what all designs can be told.</summary>
    public static (WorldRun Run, IReadOnlyList<Verdict> Verdicts) Run(
        string engine, FaultPlan plan, CommonOptions common, TimeSpan? settle,
        params (string Name, string Value)[] options)
    {
        var design = LiveCatalogue.All.First(design => design.Name == $"live {engine}");
        var scenario = design.Build(new(
            design, common,
            options.ToDictionary(option => option.Name, option => option.Value, StringComparer.Ordinal)));
        // Where nothing broke, nothing has to find itself again.
        if ((settle ?? (plan.Faults.Count == 0 ? TimeSpan.FromSeconds(0.2) : null)) is { } time)
            scenario = scenario with { Load = scenario.Load with { Settle = time } };
        var run = new LiveWorld().Execute(scenario, plan, new Seed(1), RunControl.None);
        return (run, [.. scenario.Promises.Expectations.Select(checker => checker.Check(run.History))]);
    }

    /// <summary>Tries one row of the matrix that a script decides.</summary>
    public static ScriptFinding Try(string engine, string configuration, string workload)
    {
        var kind = Named(engine);
        var row = kind.Rows.OfType<ScriptRow>().Single(
            row => row.Configuration == configuration && row.Workload == workload);
        using var started = Start(engine, row.Setup);
        return row.Try(started.Cluster, CancellationToken.None).GetAwaiter().GetResult();
    }
}
