namespace Steelyard.Live.Engines.Sqlite;

/// <summary>The names of the ways in which a file of SQLite is used.</summary>
internal static class SqliteSetups
{
    /// <summary>Three processes, and a write-ahead log.</summary>
    public const string Wal = "wal";

    /// <summary>Three processes, and a rollback journal.</summary>
    public const string Rollback = "rollback";

    /// <summary>One process, and a write-ahead log.</summary>
    public const string Single = "single";

    /// <summary>Three processes, and no journal.</summary>
    public const string Unjournaled = "unjournaled";

    /// <summary>Three processes, and locks that do nothing, as on some network file systems.</summary>
    public const string Unlocked = "unlocked";

    /// <summary>The journal of a set-up, as <c>pragma journal_mode</c> takes it.</summary>
    public static string JournalOf(string setup) => setup switch
    {
        Wal or Single => "wal",
        Unjournaled => "off",
        _ => "delete",
    };

    /// <summary>The locks of a set-up, as the host takes them.</summary>
    public static string LocksOf(string setup) => setup == Unlocked ? "none" : "fcntl";
}
