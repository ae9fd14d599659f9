using System.Net;
using System.Net.Sockets;
using System.Text;
using Steelyard.Live.Engines.Nats;

namespace Steelyard.Live.Tests.Engines.Nats;

public sealed class NatsConnectionTests
{
    [Fact]
    public async Task An_answer_is_told_from_messages_that_come_before_it()
    {
        await using var server = new Talk(
            "SUB _INBOX.", "MSG news 7 5\r\nother\r\nHMSG reply 1 16 18\r\nNATS/1.0 503\r\n\r\nno\r\n");
        using var connection = await NatsConnection.Open(
            server.Address, account: null, CancellationToken.None);

        var answer = await connection.Request("ask", "", "", CancellationToken.None);

        Assert.Equal((1, 503, "no"), (answer.Subscription, answer.Status, answer.Body));
    }

    [Fact]
    public async Task What_the_server_complains_of_is_an_error()
    {
        await using var server = new Talk("SUB _INBOX.", "-ERR 'Slow Consumer'\r\n");
        using var connection = await NatsConnection.Open(
            server.Address, account: null, CancellationToken.None);

        var failure = await Assert.ThrowsAsync<IOException>(
            () => connection.Request("ask", "", "", CancellationToken.None));

        Assert.Contains("Slow Consumer", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_hangs_up_in_the_middle_of_a_message_is_an_error()
    {
        await using var server = new Talk("SUB _INBOX.", "MSG reply 1 5\r\nhal");
        using var connection = await NatsConnection.Open(
            server.Address, account: null, CancellationToken.None);

        await Assert.ThrowsAsync<IOException>(
            () => connection.Request("ask", "", "", CancellationToken.None));
    }

    // A server of one conversation: greets, and once it has heard some words says others and hangs up.
    sealed class Talk : IAsyncDisposable
    {
        readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        readonly Task _talking;

        public Talk(string hears, string says)
        {
            _listener.Start();
            _talking = Speak(hears, says);
        }

        public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

        public async ValueTask DisposeAsync()
        {
            await _talking;
            _listener.Dispose();
        }

        async Task Speak(string hears, string says)
        {
            using var client = await _listener.AcceptTcpClientAsync();
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            await stream.WriteAsync("INFO {}\r\n"u8.ToArray());
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line == "PING")
                    await stream.WriteAsync("PONG\r\n"u8.ToArray());
                if (!line.StartsWith(hears, StringComparison.Ordinal))
                    continue;
                await stream.WriteAsync(Encoding.Latin1.GetBytes(says));
                return;
            }
        }
    }
}
