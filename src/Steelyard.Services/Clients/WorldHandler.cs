using Steelyard.Services.Networking;

namespace Steelyard.Services.Clients;

/// <summary>Makes HttpClient's own handler speak over the simulated network.</summary>
internal static class WorldHandler
{
    /// <summary>A fresh one.</summary>
    public static SocketsHttpHandler Of(NetworkStack stack, HostNames names) =>
        Through(new SocketsHttpHandler(), stack, names);

    /// <summary>The same handler, sent over the simulated network; one that is not .NET's own is left
    /// alone.</summary>
    public static HttpMessageHandler For(HttpMessageHandler present, NetworkStack stack, HostNames names) =>
        present switch
        {
            SocketsHttpHandler sockets => Through(sockets, stack, names),
            HttpClientHandler plain => Through(
                new SocketsHttpHandler
                {
                    AllowAutoRedirect = plain.AllowAutoRedirect,
                    UseCookies = plain.UseCookies,
                    CookieContainer = plain.CookieContainer,
                    AutomaticDecompression = plain.AutomaticDecompression,
                },
                stack, names),
            _ => present,
        };

    static SocketsHttpHandler Through(SocketsHttpHandler handler, NetworkStack stack, HostNames names)
    {
        // Everything here that has a time limit would take it from the machine's clock.
        handler.UseProxy = false;
        handler.ActivityHeadersPropagator = null;
        handler.PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan;
        handler.PooledConnectionLifetime = Timeout.InfiniteTimeSpan;
        handler.ConnectTimeout = Timeout.InfiniteTimeSpan;
        handler.ResponseDrainTimeout = Timeout.InfiniteTimeSpan;
        handler.ConnectCallback = async (context, cancellation) =>
        {
            var address = context.DnsEndPoint;
            var connection = await stack.Connect(names.Resolve(address.Host), address.Port, cancellation)
                .ConfigureAwait(false);
            return new ConnectionStream(connection);
        };
        return handler;
    }
}
