using System.Diagnostics;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Steelyard.EmbeddedHost.Serving;

/// <summary>What SQLite asks while a connection cannot have a lock: whether to try again. It is asked only
/// where waiting may help, and not where two connections would wait for each other.</summary>
internal sealed unsafe partial class BusyHandler : IDisposable
{
    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(1);

    readonly TimeSpan _patience;
    readonly Stopwatch _waiting = new();
    GCHandle _self;
    volatile bool _isWaiting;
    volatile int _asked;

    /// <summary>Makes one that gives up after some time.</summary>
    public BusyHandler(TimeSpan patience)
    {
        _patience = patience;
        _self = GCHandle.Alloc(this);
    }

    /// <summary>Whether its connection stands still now until another one lets go of a lock. It is known once
    /// a whole try, begun after it was asked here, has come to nothing.</summary>
    public bool Waits()
    {
        var before = _asked;
        while (_isWaiting)
        {
            if (_asked - before >= 2)
                return true;
            Thread.Sleep(s_pause);
        }

        return false;
    }

    /// <summary>Its connection has its answer.</summary>
    public void Answered() => _isWaiting = false;

    /// <summary>Serves a connection.</summary>
    public void Serve(sqlite3 connection)
    {
        var code = SetHandler(connection.DangerousGetHandle(), &Ask, GCHandle.ToIntPtr(_self));
        if (code != raw.SQLITE_OK)
            throw new SqliteRefusalException(code, "no busy handler could be set");
    }

    /// <inheritdoc/>
    public void Dispose() => _self.Free();

    // It counts from 0 for each lock that is waited for.
    bool Wait(int asked)
    {
        if (asked == 0)
            _waiting.Restart();
        if (_waiting.Elapsed >= _patience)
            return false;
        _asked++;
        _isWaiting = true;
        Thread.Sleep(s_pause);
        return true;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    static int Ask(nint self, int asked) =>
        ((BusyHandler)GCHandle.FromIntPtr(self).Target!).Wait(asked) ? 1 : 0;

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_busy_handler")]
    private static partial int SetHandler(
        nint connection, delegate* unmanaged[Cdecl]<nint, int, int> handler, nint self);
}
