using Steelyard.Live.Engines;
using Steelyard.Live.Matrix;
using Steelyard.Live.Scripts;

namespace Steelyard.App.Live;

/// <summary>A level of isolation and an anomaly, tried.</summary>
/// <param name="Engine">The database.</param>
/// <param name="Level">The level.</param>
/// <param name="Script">The anomaly.</param>
/// <param name="Finding">What was found.</param>
/// <param name="IsSaid">Whether it is said to occur there.</param>
/// <param name="Source">Who says so.</param>
internal sealed record IsolationCell(
    string Engine, string Level, AnomalyScript Script, ScriptFinding Finding, bool IsSaid, string Source)
{
    /// <summary>Whether it occurs.</summary>
    public bool Occurs => Finding.Occurred;

    /// <summary>Whether it is as is said.</summary>
    public bool Agrees => Occurs == IsSaid;
}

/// <summary>Tries every anomaly at every level of a database, all on one server.</summary>
internal static class IsolationTrial
{
    /// <summary>Tries them, level by level.</summary>
    public static IEnumerable<IsolationCell> Try(Engine engine, CancellationToken cancellation)
    {
        var table = engine.IsolationTable!;
        using var started = StartedEngine.Start(
            engine, engine.UsualSetup(table.Setup), keep: null, cancellation);
        foreach (var level in table.Levels)
            foreach (var script in IsolationTable.Scripts)
            {
                var row = table[level, script];
                var finding = row.Try(started.Cluster, cancellation).GetAwaiter().GetResult();
                yield return new(
                    engine.Name, level, script, finding, row.Expected == Expectation.Occurs, row.Source);
            }
    }
}
