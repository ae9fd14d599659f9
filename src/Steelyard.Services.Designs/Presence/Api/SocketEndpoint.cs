using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Steelyard.Services.Designs.Presence.Api;

/// <summary>
/// <c>GET /socket</c>: a WebSocket on which the host says what is new, first of all what was since the client
/// was there last. Whatever the client sends is a sign of life, and is answered with one.
/// </summary>
internal sealed class SocketEndpoint(
    Admission reception, LiveConnections connections, Feed feed, TimeProvider time)
{
    const int LargestMessageBytes = 256;

    /// <summary>Serves one.</summary>
    public async Task Serve(HttpContext http, long connection, int user, int users, long since)
    {
        var live = await reception.Admit(http, connection, user, users, since).ConfigureAwait(false);
        if (live is null)
            return;
        try
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
            var outgoing = Channel.CreateUnbounded<Update>();
            using var ended = live.Ended.UnsafeRegister(_ => socket.Abort(), null);
            await Task.WhenAny(
                Listen(socket, live, outgoing.Writer), Follow(live, outgoing.Writer),
                Send(socket, outgoing.Reader, live.Ended)).ConfigureAwait(false);
            socket.Abort();
        }
        finally
        {
            await connections.Close(live).ConfigureAwait(false);
        }
    }

    async Task Listen(WebSocket socket, LiveConnection live, ChannelWriter<Update> outgoing)
    {
        var buffer = new byte[LargestMessageBytes];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), live.Ended).ConfigureAwait(false);
            if (received.MessageType == WebSocketMessageType.Close)
                return;
            live.HeardAt = time.GetTimestamp();
            outgoing.TryWrite(new(live.Seq, []));
        }
    }

    async Task Follow(LiveConnection live, ChannelWriter<Update> outgoing)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            // Asked for before the look, so that nothing falls between the two.
            var news = feed.News;
            var update = feed.After(live.Seq, live.Friends);
            live.Seq = update.Seq;
            if (isFirst || update.Changes.Count > 0)
                outgoing.TryWrite(update);
            await news.WaitAsync(live.Ended).ConfigureAwait(false);
        }
    }

    static async Task Send(WebSocket socket, ChannelReader<Update> outgoing, CancellationToken cancellation)
    {
        await foreach (var update in outgoing.ReadAllAsync(cancellation).ConfigureAwait(false))
            await socket.SendAsync(
                JsonSerializer.SerializeToUtf8Bytes(update, JsonSerializerOptions.Web),
                WebSocketMessageType.Text, endOfMessage: true, cancellation).ConfigureAwait(false);
    }
}
