using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Steelyard.Services.Databases;

/// <summary>
/// What SQLite asks of its operating system, answered by the world: files are those of databases that were
/// registered here, and time is that of the host whose statement runs. Only one thread runs SQLite.
/// </summary>
internal static unsafe class SqliteVfs
{
    /// <summary>Its name in addresses of files.</summary>
    public const string Name = "steelyard";

    const int LongestPath = 512;

    // Days from the beginning of Julian time to 1970, in ms (sqlite.org/c3ref/vfs.html).
    const long UnixEpochMs = 210_866_760_000_000;

    static readonly Dictionary<string, DiskDatabase> s_databases = new(StringComparer.Ordinal);
    static ExceptionDispatchInfo? s_failure;

    static SqliteVfs()
    {
        Batteries_V2.Init();
        var table = (SqliteVfsTable*)NativeMemory.AllocZeroed((nuint)sizeof(SqliteVfsTable));
        table->Version = 2;
        table->FileBytes = sizeof(SqliteFile);
        table->LongestPath = LongestPath;
        table->Name = (byte*)Marshal.StringToCoTaskMemUTF8(Name);
        table->Open = &Open;
        table->Delete = &Delete;
        table->Access = &Access;
        table->FullPath = &FullPath;
        table->Randomness = &Randomness;
        table->Sleep = &Sleep;
        table->DayNow = &DayNow;
        table->LastError = &LastError;
        table->MillisecondsNow = &MillisecondsNow;
        if (sqlite3_vfs_register(table, 0) != raw.SQLITE_OK)
            throw new InvalidOperationException("SQLite took no files of the world");
    }

    /// <summary>The clock of the host whose statement runs.</summary>
    public static TimeProvider? Clock { get; set; }

    /// <summary>Lets connections open a database by its path.</summary>
    public static void Add(string path, DiskDatabase database) => s_databases.Add(path, database);

    /// <summary>Forgets a database.</summary>
    public static void Remove(string path) => s_databases.Remove(path);

    /// <summary>Keeps a failure that must not go through SQLite's own code.</summary>
    /// <returns>A result code for SQLite.</returns>
    public static int Keep(Exception failure)
    {
        s_failure ??= ExceptionDispatchInfo.Capture(failure);
        return raw.SQLITE_IOERR;
    }

    /// <summary>Throws a failure that was kept.</summary>
    public static void ThrowKept()
    {
        var failure = s_failure;
        s_failure = null;
        failure?.Throw();
    }

    [DllImport("e_sqlite3", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    static extern int sqlite3_vfs_register(SqliteVfsTable* table, int makeDefault);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Open(void* vfs, byte* path, SqliteFile* file, int flags, int* flagsOut)
    {
        file->Methods = null;
        try
        {
            if (flagsOut is not null)
                *flagsOut = flags;
            if ((flags & raw.SQLITE_OPEN_MAIN_DB) == 0)
            {
                SqliteFileCalls.Begin(file, new PassingFile());
                return raw.SQLITE_OK;
            }

            // A database that is attached by a path of its own would outlive no crash.
            if (!s_databases.TryGetValue(Marshal.PtrToStringUTF8((nint)path) ?? "", out var database))
                return raw.SQLITE_CANTOPEN;
            SqliteFileCalls.Begin(file, new DatabaseFile(database));
            return raw.SQLITE_OK;
        }
#pragma warning disable CA1031 // Not swallowed: thrown again where the statement was run.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return Keep(failure);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Delete(void* vfs, byte* path, int syncsDirectory) => raw.SQLITE_OK;

    // Nothing of a rollback journal outlives a process.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Access(void* vfs, byte* path, int flags, int* result)
    {
        *result = 0;
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int FullPath(void* vfs, byte* path, int room, byte* full)
    {
        var length = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(path).Length + 1;
        if (length > room)
            return raw.SQLITE_CANTOPEN;
        new ReadOnlySpan<byte>(path, length).CopyTo(new(full, room));
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Randomness(void* vfs, int count, byte* into)
    {
        new Span<byte>(into, count).Clear();
        return count;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Sleep(void* vfs, int microseconds) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int DayNow(void* vfs, double* day)
    {
        *day = Now() / (double)TimeSpan.MillisecondsPerDay;
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int MillisecondsNow(void* vfs, long* milliseconds)
    {
        *milliseconds = Now();
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int LastError(void* vfs, int room, byte* text) => 0;

    static long Now() => UnixEpochMs + (Clock?.GetUtcNow().ToUnixTimeMilliseconds() ?? 0);
}
