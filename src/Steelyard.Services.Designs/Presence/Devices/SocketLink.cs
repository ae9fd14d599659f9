using System.Net.WebSockets;
using System.Text.Json;
using Steelyard.Services.Designs.Presence.Api;
using Steelyard.Services.Designs.Presence.Promises;

namespace Steelyard.Services.Designs.Presence.Devices;

/// <summary>By WebSocket: a ping of the application's own every
/// half second, and whatever comes is a sign of life.</summary>
internal sealed class SocketLink(IDevice device, PresenceHistory history) : DeviceLink(device, history)
{
    const int LargestMessageBytes = 4_096;

    static readonly byte[] s_ping = "ping"u8.ToArray();

    ClientWebSocket? _socket;

    /// <inheritdoc/>
    public override async Task<bool> Run(Visit visit, Task until)
    {
        try
        {
            using var limit = After(Patience);
            var query = $"connection={visit.Connection}&{visit.Query(History.Seq)}";
            _socket = await Device.OpenSocket(new($"ws://{visit.Host}/socket?{query}"), limit.Token);
            return await Stay(_socket, until);
        }
        catch (Exception failure)
            when (failure is WebSocketException or OperationCanceledException or IOException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public override async Task Leave()
    {
        if (_socket?.State != WebSocketState.Open)
            return;
        using var limit = After(Patience);
        // The answer is not waited for: what waits for the end of the connection follows the machine's clock.
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
    }

    /// <inheritdoc/>
    public override void Dispose() => _socket?.Dispose();

    async Task<bool> Stay(ClientWebSocket socket, Task until)
    {
        var openedAt = History.Elapsed;
        var listening = Listen(socket);
        while (!until.IsCompleted && !listening.IsCompleted)
        {
            var beat = Task.Delay(HeartbeatKeeper.Every, Device.Clock);
            await Task.WhenAny(listening, until, beat);
            var silence = History.IsConnected ? History.Silence : History.Elapsed - openedAt;
            if (silence > HeartbeatKeeper.Silence)
                return false;
            if (beat.IsCompleted && !listening.IsCompleted)
                await socket.SendAsync(
                    s_ping, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }

        return !listening.IsCompleted;
    }

    async Task Listen(ClientWebSocket socket)
    {
        var buffer = new byte[LargestMessageBytes];
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close)
                    return;
                History.Hear(JsonSerializer.Deserialize<Update>(
                    buffer.AsSpan(0, received.Count), JsonSerializerOptions.Web)!);
            }
        }
        catch (Exception failure)
            when (failure is WebSocketException or OperationCanceledException or IOException)
        {
            // Broken, or given up at this end.
        }
    }
}
