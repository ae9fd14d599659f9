using System.Net;
using System.Net.Sockets;

namespace Steelyard.Services.Designs.Live;

/// <summary>Hosts that are called by their names, <c>http://payments-1/…</c>, and stand at addresses of this
/// machine.</summary>
/// <param name="addressOf">Where the one of a name is.</param>
internal sealed class NamedHosts(Func<string, IPEndPoint> addressOf)
{
    /// <summary>Makes a handler go there.</summary>
    public SocketsHttpHandler Lead(SocketsHttpHandler handler)
    {
        handler.UseProxy = false;
        handler.ActivityHeadersPropagator = null;
        handler.ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
            {
                NoDelay = true,
            };
            try
            {
                await socket.ConnectAsync(addressOf(context.DnsEndPoint.Host), cancellation)
                    .ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        };
        return handler;
    }
}
