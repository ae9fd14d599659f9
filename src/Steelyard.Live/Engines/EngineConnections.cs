using System.Net;
using System.Net.Sockets;

namespace Steelyard.Live.Engines;

/// <summary>Connections that nobody needs any more.</summary>
internal static class EngineConnections
{
    /// <summary>Connects to a server.</summary>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static async Task<TcpClient> Open(IPEndPoint server, CancellationToken cancellation)
    {
        var tcp = new TcpClient { NoDelay = true };
        try
        {
            await tcp.ConnectAsync(server, cancellation);
            return tcp;
        }
        catch
        {
            tcp.Dispose();
            throw;
        }
    }

    /// <summary>Closes one; what goes wrong with that is nobody's concern.</summary>
    public static async Task Close(object connection)
    {
        try
        {
            if (connection is IAsyncDisposable disposable)
                await disposable.DisposeAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A library may throw anything at a connection that is torn.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
