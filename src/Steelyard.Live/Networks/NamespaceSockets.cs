using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Steelyard.Live.Networks;

/// <summary>Makes sockets in a network namespace: a thread that has moved there makes them, and who uses
/// them afterwards may be anywhere.</summary>
internal sealed partial class NamespaceSockets : IDisposable
{
    const int NetworkNamespace = 0x40000000;

    readonly BlockingCollection<TaskCompletionSource<Socket>> _wanted = [];
    readonly Thread _thread;

    /// <summary>Moves a thread there.</summary>
    /// <param name="path">The namespace's file.</param>
    public NamespaceSockets(string path)
    {
        var there = new TaskCompletionSource();
        _thread = new(() => Serve(path, there)) { IsBackground = true, Name = "sockets of a namespace" };
        _thread.Start();
        there.Task.GetAwaiter().GetResult();
    }

    /// <summary>A socket for TCP there.</summary>
    public Socket Create()
    {
        var made = new TaskCompletionSource<Socket>();
        _wanted.Add(made);
        return made.Task.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _wanted.CompleteAdding();
        _thread.Join();
        _wanted.Dispose();
    }

    void Serve(string path, TaskCompletionSource there)
    {
        using (var space = File.OpenHandle(path))
        {
            if (MoveTo(space, NetworkNamespace) != 0)
            {
                there.SetException(new LiveException(
                    $"{path}: expected to enter it, found error {Marshal.GetLastPInvokeError()}"));
                return;
            }
        }

        there.SetResult();
        foreach (var wanted in _wanted.GetConsumingEnumerable())
            wanted.SetResult(new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int MoveTo(SafeFileHandle space, int kind);
}
