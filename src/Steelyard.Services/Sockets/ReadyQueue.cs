using System.Net.Sockets;

namespace Steelyard.Services.Sockets;

/// <summary>
/// Waits until .NET's thread that watches sockets has told the worker of everything that came to any of them
/// before: it hears of them in order, so when it has told of a byte that was sent last, it has of all.
/// </summary>
internal sealed class ReadyQueue : IDisposable
{
    readonly Socket _from;
    readonly Socket _to;
    readonly byte[] _byte = new byte[1];

    ReadyQueue(Socket from, Socket to) => (_from, _to) = (from, to);

    /// <summary>Makes one, and what it needs of sockets in a folder.</summary>
    public static ReadyQueue In(string folder)
    {
        var path = new UnixDomainSocketEndPoint(Path.Combine(folder, "ready"));
        using var listener = UnixSocket.Make();
        listener.Bind(path);
        listener.Listen();
        var from = UnixSocket.Make();
        from.Connect(path);
        return new(from, listener.Accept());
    }

    /// <summary>Completes on the worker, when it knows of all that came.</summary>
    public async ValueTask Told()
    {
        var told = _to.ReceiveAsync(_byte.AsMemory(), SocketFlags.None);
        _from.Send([0]);
        await told.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _from.Dispose();
        _to.Dispose();
    }
}
