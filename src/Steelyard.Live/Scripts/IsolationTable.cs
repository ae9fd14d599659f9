using Steelyard.Live.Engines;
using Steelyard.Live.Matrix;
using Steelyard.Live.Sql;

namespace Steelyard.Live.Scripts;

/// <summary>What is said of a database's levels of isolation: which anomalies each lets through.</summary>
/// <param name="setup">The name of the set-up on which it is tried.</param>
/// <param name="levels">The levels, from weak to strong, each with the names of what it lets through and who
/// says so.</param>
internal sealed class IsolationTable(
    string setup, params IReadOnlyList<(SqlLevel Level, string LetsThrough, string Source)> levels)
{
    /// <summary>A row for each level and script.</summary>
    public IReadOnlyList<ScriptRow> Rows { get; } =
    [
        .. from said in levels
           from script in Hermitage.All
           let occurs = said.LetsThrough.Split(' ').Contains(script.Name, StringComparer.Ordinal)
           select new ScriptRow(
               said.Level.Title, $"{script.Name}, {script.Title}", "none",
               occurs ? Expectation.Occurs : Expectation.Prevented, said.Source)
           {
               Setup = setup,
               Try = (cluster, cancellation) => Try(script, said.Level, (SqlCluster)cluster, cancellation),
           },
    ];

    /// <summary>The names of its anomalies, in order.</summary>
    public static IReadOnlyList<AnomalyScript> Scripts => Hermitage.All;

    /// <summary>The titles of its levels, in order.</summary>
    public IReadOnlyList<string> Levels { get; } = [.. levels.Select(said => said.Level.Title)];

    /// <summary>The name of the set-up on which it is tried.</summary>
    public string Setup => setup;

    /// <summary>The row of a level and an anomaly.</summary>
    public ScriptRow this[string level, AnomalyScript script] => Rows.First(
        row => row.Configuration == level
            && row.Workload.StartsWith(script.Name + ",", StringComparison.Ordinal));

    static async Task<ScriptFinding> Try(
        AnomalyScript script, SqlLevel level, SqlCluster cluster, CancellationToken cancellation)
    {
        var tale = await ScriptPlay.Play(script, level, cluster, cancellation);
        return new(script.Occurred(tale), tale.Evidence, tale.Lines);
    }
}
