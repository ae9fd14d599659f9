using System.Runtime.InteropServices;

namespace Steelyard.Services.Databases;

/// <summary>SQLite's <c>sqlite3_vfs</c>, version 2 (sqlite.org/c3ref/vfs.html).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SqliteVfsTable
{
    public int Version;
    public int FileBytes;
    public int LongestPath;
    public SqliteVfsTable* Next;
    public byte* Name;
    public void* Data;
    public delegate* unmanaged[Cdecl]<void*, byte*, SqliteFile*, int, int*, int> Open;
    public delegate* unmanaged[Cdecl]<void*, byte*, int, int> Delete;
    public delegate* unmanaged[Cdecl]<void*, byte*, int, int*, int> Access;
    public delegate* unmanaged[Cdecl]<void*, byte*, int, byte*, int> FullPath;
    public void* OpenLibrary;
    public void* LibraryError;
    public void* LibrarySymbol;
    public void* CloseLibrary;
    public delegate* unmanaged[Cdecl]<void*, int, byte*, int> Randomness;
    public delegate* unmanaged[Cdecl]<void*, int, int> Sleep;
    public delegate* unmanaged[Cdecl]<void*, double*, int> DayNow;
    public delegate* unmanaged[Cdecl]<void*, int, byte*, int> LastError;
    public delegate* unmanaged[Cdecl]<void*, long*, int> MillisecondsNow;
}

/// <summary>SQLite's <c>sqlite3_file</c>, and behind it what this one is about.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SqliteFile
{
    public SqliteFileTable* Methods;
    public nint Handle;
}

/// <summary>SQLite's <c>sqlite3_io_methods</c>, version 1 (sqlite.org/c3ref/io_methods.html).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SqliteFileTable
{
    public int Version;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int> Close;
    public delegate* unmanaged[Cdecl]<SqliteFile*, byte*, int, long, int> Read;
    public delegate* unmanaged[Cdecl]<SqliteFile*, byte*, int, long, int> Write;
    public delegate* unmanaged[Cdecl]<SqliteFile*, long, int> Truncate;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int, int> Sync;
    public delegate* unmanaged[Cdecl]<SqliteFile*, long*, int> FileSize;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int, int> Lock;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int, int> Unlock;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int*, int> IsReserved;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int, void*, int> Control;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int> SectorBytes;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int> Characteristics;
}
