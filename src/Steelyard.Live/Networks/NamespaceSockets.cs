using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Steelyard.Live.Networks;

/// <summary>Makes sockets in a network namespace, by a thread that has moved there.</summary>
internal sealed class NamespaceSockets : IDisposable
{
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
        try
        {
            NetworkNamespace.Enter(path);
            there.SetResult();
        }
        catch (LiveException refused)
        {
            there.SetException(refused);
            return;
        }

        foreach (var wanted in _wanted.GetConsumingEnumerable())
            wanted.SetResult(new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
    }
}
