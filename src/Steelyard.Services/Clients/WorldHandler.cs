using Steelyard.Services.Networking;
using Steelyard.Worlds.Contracts;

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
        var patience = handler.ConnectTimeout;
        handler.ConnectTimeout = Timeout.InfiniteTimeSpan;
        handler.ResponseDrainTimeout = Timeout.InfiniteTimeSpan;
        handler.ConnectCallback = async (context, cancellation) =>
        {
            var address = context.DnsEndPoint;
            return new ConnectionStream(await Connect(
                stack, names.Resolve(address.Host), address.Port, patience, cancellation)
                .ConfigureAwait(false));
        };
        return handler;
    }

    // The application's ConnectTimeout, in virtual time. Until an attempt ends, the handler begins no other
    // for the requests that wait for it: without a limit they wait for a word that was lost.
    static async Task<Connection> Connect(
        NetworkStack stack, NodeId to, int port, TimeSpan patience, CancellationToken cancellation)
    {
        if (patience == Timeout.InfiniteTimeSpan)
            return await stack.Connect(to, port, cancellation).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(patience, stack.World.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            return await stack.Connect(to, port, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException(
                "A connection could not be established within the configured ConnectTimeout.", cancelled);
        }
    }
}
