using System.Globalization;
using Steelyard.Live.Processes;
using Steelyard.Live.Sql;

namespace Steelyard.Live.Engines.MariaDb;

/// <summary>One MariaDB server.</summary>
internal sealed class MariaDbCluster(EngineSetup setup, ClusterPlace place)
    : SqlCluster(setup, place, new MariaDbDialect())
{
    /// <summary>The user it is asked by.</summary>
    public const string User = "root";

    /// <summary>The database; before it is made there is another one that is always there.</summary>
    public const string Database = "steelyard";

    const string System = "mysql";

    /// <inheritdoc/>
    public override SqlLevel Level => MariaDbEngine.LevelOf(Setup);

    // A server that looks up no rights needs no tables of rights, and starts on an empty folder.
    /// <inheritdoc/>
    protected override void Prepare(EngineNode node)
    {
        var folder = Place.Yard.MakeFolder(node.Name);
        Directory.CreateDirectory(Path.Combine(folder, Database));
        Place.Yard.GiveTo(folder, System);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<EngineCommand> CommandsOf(EngineNode node)
    {
        var (folder, here) = (Path.Combine(Place.Yard.Folder, node.Name), ListenOf(node));
        return
        [
            new(MariaDbEngine.Server.MustBeThere(),
                "--no-defaults", $"--datadir={folder}", "--skip-grant-tables", "--skip-name-resolve",
                $"--bind-address={here.Address}",
                string.Create(CultureInfo.InvariantCulture, $"--port={here.Port}"),
                $"--socket={folder}/socket", $"--pid-file={folder}/pid", $"--tmpdir={folder}",
                "--innodb-buffer-pool-size=64M", "--innodb-log-file-size=16M",
                "--innodb-flush-log-at-trx-commit=1",
                // Sooner than a client gives up: a server does not notice that it has, and would keep its locks.
                "--innodb-lock-wait-timeout=1")
            {
                User = System,
            },
        ];
    }
}
