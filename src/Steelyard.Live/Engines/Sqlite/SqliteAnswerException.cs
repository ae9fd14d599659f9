using System.Data.Common;
using System.Globalization;

namespace Steelyard.Live.Engines.Sqlite;

/// <summary>SQLite has said no.</summary>
/// <param name="code">Its extended result code.</param>
/// <param name="message">Its words.</param>
internal sealed class SqliteAnswerException(int code, string message) : DbException(message)
{
    /// <summary>SQLITE_BUSY: another connection has the lock.</summary>
    public const int Busy = 5;

    /// <summary>SQLITE_LOCKED: another connection that shares the cache has the lock.</summary>
    public const int Locked = 6;

    /// <summary>Its code without what is said besides.</summary>
    public int PrimaryCode => code & 0xff;

    /// <summary>What the code is called in its manual, where we know it; else its number.</summary>
    public string Name => code switch
    {
        Busy => "SQLITE_BUSY",
        Locked => "SQLITE_LOCKED",
        11 => "SQLITE_CORRUPT",
        261 => "SQLITE_BUSY_RECOVERY",
        262 => "SQLITE_LOCKED_SHAREDCACHE",
        517 => "SQLITE_BUSY_SNAPSHOT",
        _ => code.ToString(CultureInfo.InvariantCulture),
    };
}
