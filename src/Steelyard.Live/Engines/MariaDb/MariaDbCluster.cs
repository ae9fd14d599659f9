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

    // A server that looks up no rights needs no tables of rights, and starts on an empty folder. What it
    // makes there is safe from a kill only once it has been stopped in good order.
    /// <inheritdoc/>
    protected override void Prepare(EngineNode node)
    {
        var folder = Place.Yard.MakeFolder(node.Name);
        Directory.CreateDirectory(Path.Combine(folder, Database));
        Place.Yard.GiveTo(folder, System);
        Place.Yard.Run(
            new(FileOf(MariaDbEngine.Server), [.. Words(folder), "--bootstrap"]) { User = System }, []);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<EngineCommand> CommandsOf(EngineNode node)
    {
        var (folder, here) = (FolderOf(node), ListenOf(node));
        return
        [
            new(FileOf(MariaDbEngine.Server),
            [
                .. Words(folder), $"--bind-address={here.Address}",
                string.Create(CultureInfo.InvariantCulture, $"--port={here.Port}"),
            ])
            {
                User = System,
            },
        ];
    }

    static string[] Words(string folder) =>
    [
        "--no-defaults", $"--datadir={folder}", "--skip-grant-tables", "--skip-name-resolve",
        $"--socket={folder}/socket", $"--pid-file={folder}/pid", $"--tmpdir={folder}",
        "--innodb-buffer-pool-size=64M", "--innodb-log-file-size=16M",
        "--innodb-flush-log-at-trx-commit=1",
        // Sooner than a client gives up: a server does not notice that it has, and would keep its locks.
        "--innodb-lock-wait-timeout=1",
    ];
}
