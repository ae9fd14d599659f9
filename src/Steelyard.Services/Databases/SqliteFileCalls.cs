using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Steelyard.Services.Databases;

/// <summary>What SQLite asks of an open file, handed to the <see cref="ISqliteFile"/> behind it.</summary>
internal static unsafe class SqliteFileCalls
{
    // sqlite.org/c3ref/c_fcntl_begin_atomic_write.html and c_iocap_atomic.html.
    const int ControlSync = 21;
    const int IsPowersafe = 0x1000;
    const int SectorLength = 512;

    static readonly SqliteFileTable* s_table = MakeTable();

    /// <summary>Makes an open file of SQLite's own struct.</summary>
    public static void Begin(SqliteFile* file, ISqliteFile behind)
    {
        file->Handle = GCHandle.ToIntPtr(GCHandle.Alloc(behind));
        file->Methods = s_table;
    }

    static SqliteFileTable* MakeTable()
    {
        var table = (SqliteFileTable*)NativeMemory.AllocZeroed((nuint)sizeof(SqliteFileTable));
        table->Version = 1;
        table->Close = &Close;
        table->Read = &Read;
        table->Write = &Write;
        table->Truncate = &Truncate;
        table->Sync = &Sync;
        table->FileSize = &FileSize;
        table->Lock = &Lock;
        table->Unlock = &Unlock;
        table->IsReserved = &IsReserved;
        table->Control = &Control;
        table->SectorBytes = &SectorBytes;
        table->Characteristics = &Characteristics;
        return table;
    }

    static ISqliteFile Of(SqliteFile* file) => (ISqliteFile)GCHandle.FromIntPtr(file->Handle).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Close(SqliteFile* file)
    {
        Of(file).Close();
        GCHandle.FromIntPtr(file->Handle).Free();
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Read(SqliteFile* file, byte* into, int count, long offset)
    {
        try
        {
            return Of(file).Read(offset, new(into, count));
        }
#pragma warning disable CA1031 // Not swallowed: thrown again where the statement was run.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return SqliteVfs.Keep(failure);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Write(SqliteFile* file, byte* bytes, int count, long offset)
    {
        try
        {
            Of(file).Write(offset, new(bytes, count));
            return raw.SQLITE_OK;
        }
#pragma warning disable CA1031 // Not swallowed: thrown again where the statement was run.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return SqliteVfs.Keep(failure);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Truncate(SqliteFile* file, long length)
    {
        Of(file).Truncate(length);
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Sync(SqliteFile* file, int flags)
    {
        Of(file).Sync();
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int FileSize(SqliteFile* file, long* length)
    {
        *length = Of(file).Length;
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Lock(SqliteFile* file, int level) => Of(file).Lock(level);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Unlock(SqliteFile* file, int level)
    {
        Of(file).Unlock(level);
        return raw.SQLITE_OK;
    }

    // Asked only where a rollback journal was left behind, and none ever is.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int IsReserved(SqliteFile* file, int* result)
    {
        *result = 0;
        return raw.SQLITE_OK;
    }

    // Sent before every sync, and also where somebody chose synchronous=OFF and no sync follows.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Control(SqliteFile* file, int what, void* about)
    {
        if (what != ControlSync)
            return raw.SQLITE_NOTFOUND;
        try
        {
            return Of(file).Commit();
        }
#pragma warning disable CA1031 // Not swallowed: thrown again where the statement was run.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return SqliteVfs.Keep(failure);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int SectorBytes(SqliteFile* file) => SectorLength;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Characteristics(SqliteFile* file) => IsPowersafe;
}
