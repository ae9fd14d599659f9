using System.Globalization;
using Steelyard.Live.Engines.Garnet;
using Steelyard.Live.Processes;
using Steelyard.Live.Sql;

namespace Steelyard.Live.Engines.Sqlite;

/// <summary>Processes that have opened one file. A client asks the process that it stands beside, as what is
/// inside an application asks no other one.</summary>
internal sealed class SqliteCluster(EngineSetup setup, ClusterPlace place)
    : SqlCluster(setup, place, new SqliteDialect())
{
    // Less than a client's patience: who has given up must not hold a place among those who wait.
    const int LockPatienceMs = 1000;

    /// <inheritdoc/>
    public override SqlLevel Level => SqliteEngine.LevelOf(Setup);

    string Folder => Path.Combine(Place.Yard.Folder, "file");

    /// <inheritdoc/>
    public override EngineNode ServerFor(int home, bool onlyReads) => Nodes[home];

    /// <inheritdoc/>
    protected override void Prepare(EngineNode node) => Directory.CreateDirectory(Folder);

    /// <inheritdoc/>
    protected override IReadOnlyList<EngineCommand> CommandsOf(EngineNode node)
    {
        var here = ListenOf(node);
        return
        [
            new(FileOf(GarnetEngine.Runtime),
            [
                FileOf(SqliteEngine.Host), "serve", "--file", Path.Combine(Folder, "steelyard.db"),
                "--address", $"{here.Address}", "--port", here.Port.ToString(CultureInfo.InvariantCulture),
                "--journal", SqliteSetups.JournalOf(Setup.Name),
                "--locks", SqliteSetups.LocksOf(Setup.Name),
                "--synchronous", SqliteEngine.SynchronousOf(Setup),
                "--patience", LockPatienceMs.ToString(CultureInfo.InvariantCulture),
            ]),
        ];
    }
}
