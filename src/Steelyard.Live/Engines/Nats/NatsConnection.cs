using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Steelyard.Live.Engines.Nats;

/// <summary>
/// A connection that speaks NATS' text protocol and does nothing by itself: it connects once, to the server
/// it was told, and sends each message once. After an exception nobody knows where in the conversation it
/// is, and it is of no more use.
/// </summary>
/// <remarks>https://docs.nats.io/reference/reference-protocols/nats-protocol.</remarks>
internal sealed class NatsConnection : IDisposable
{
    readonly TcpClient _tcp = new() { NoDelay = true };
    readonly string _inbox = "_INBOX." + Guid.NewGuid().ToString("N");
    readonly Queue<NatsMessage> _arrived = new();
    StreamReader? _reader;
    long _subscriptions;
    int _pongs;

    NatsConnection()
    {
    }

    /// <summary>What the server told of itself, in JSON.</summary>
    public string Greeting { get; private set; } = "";

    /// <summary>Connects to a server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="account">Who asks; null where it is ours and asks for nobody.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">It is no server of NATS, refuses us, or hangs up.</exception>
    public static async Task<NatsConnection> Open(
        IPEndPoint server, EngineAccount? account, CancellationToken cancellation)
    {
        var connection = new NatsConnection();
        try
        {
            await connection._tcp.ConnectAsync(server, cancellation);
            // A letter is a byte in Latin-1, so that sizes in bytes are sizes in letters.
            connection._reader = new(connection._tcp.GetStream(), Encoding.Latin1);
            const string Information = "INFO ";
            var greeting = await connection.Line(cancellation);
            if (!greeting.StartsWith(Information, StringComparison.Ordinal))
                throw new IOException($"expected a server of NATS to greet, found \"{greeting}\"");
            connection.Greeting = greeting[Information.Length..];
            await connection.Send($"CONNECT {Hello(account)}\r\n", cancellation);
            await connection.Flush(cancellation);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    static string Hello(EngineAccount? account)
    {
        var hello = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["verbose"] = false, ["pedantic"] = false, ["headers"] = true, ["no_responders"] = true,
        };
        if (account?.User is { } user)
            (hello["user"], hello["pass"]) = (user, account.Password ?? "");
        else if (account?.Password is { } token)
            hello["auth_token"] = token;
        return JsonSerializer.Serialize(hello);
    }

    /// <summary>Sends a message to whoever listens.</summary>
    public Task Publish(string subject, string body, CancellationToken cancellation) =>
        Send(Message("PUB", subject, "", "", body), cancellation);

    /// <summary>Waits until the server has taken everything that was sent.</summary>
    public async Task Flush(CancellationToken cancellation)
    {
        var wanted = _pongs + 1;
        await Send("PING\r\n", cancellation);
        while (_pongs < wanted)
            await Take(cancellation);
    }

    /// <summary>Asks whoever listens, and waits for one answer.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="body">What is asked.</param>
    /// <param name="headers">Lines of headers, each with its line break; empty is none.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<NatsMessage> Request(
        string subject, string body, string headers, CancellationToken cancellation)
    {
        var number = ++_subscriptions;
        var reply = string.Create(CultureInfo.InvariantCulture, $"{_inbox}.{number}");
        var verb = headers.Length > 0 ? "HPUB" : "PUB";
        await Send(
            string.Create(CultureInfo.InvariantCulture, $"SUB {reply} {number}\r\nUNSUB {number} 1\r\n")
            + Message(verb, subject, reply + " ", headers, body),
            cancellation);
        while (true)
        {
            if (_arrived.FirstOrDefault(message => message.Subscription == number) is { } answer)
                return Remove(answer);
            await Take(cancellation);
        }
    }

    /// <summary>Listens to a subject, as one of a group of which one gets each message.</summary>
    /// <returns>The number of the subscription.</returns>
    public async Task<long> Subscribe(string subject, string group, CancellationToken cancellation)
    {
        var number = ++_subscriptions;
        await Send(
            string.Create(CultureInfo.InvariantCulture, $"SUB {subject} {group} {number}\r\n"), cancellation);
        await Flush(cancellation);
        return number;
    }

    /// <summary>The next message of a subscription that the server has sent by now; null where there is
    /// none.</summary>
    public async Task<NatsMessage?> Next(long subscription, CancellationToken cancellation)
    {
        if (_arrived.All(message => message.Subscription != subscription))
            await Flush(cancellation);
        return _arrived.FirstOrDefault(message => message.Subscription == subscription) is { } found
            ? Remove(found)
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader?.Dispose();
        _tcp.Dispose();
    }

    static string Message(string verb, string subject, string reply, string headers, string body)
    {
        if (headers.Length == 0)
            return string.Create(
                CultureInfo.InvariantCulture, $"{verb} {subject} {reply}{body.Length}\r\n{body}\r\n");
        var head = $"NATS/1.0\r\n{headers}\r\n";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{verb} {subject} {reply}{head.Length} {head.Length + body.Length}\r\n{head}{body}\r\n");
    }

    NatsMessage Remove(NatsMessage message)
    {
        var others = _arrived.Where(other => other != message).ToList();
        _arrived.Clear();
        others.ForEach(_arrived.Enqueue);
        return message;
    }

    async Task Send(string text, CancellationToken cancellation) =>
        await _tcp.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), cancellation);

    async Task<string> Line(CancellationToken cancellation) =>
        await _reader!.ReadLineAsync(cancellation) ?? throw new IOException("the server hung up");

    // Takes whatever the server says next.
    async Task Take(CancellationToken cancellation)
    {
        var line = await Line(cancellation);
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case ["PING"]:
                await Send("PONG\r\n", cancellation);
                break;
            case ["PONG"]:
                _pongs++;
                break;
            case ["INFO", ..]:
                break;
            case ["MSG", _, var number, .. var reply, var size]:
                var body = await Text(Number(size), cancellation);
                _arrived.Enqueue(new(Number(number), reply.FirstOrDefault(), Status: 0, body));
                break;
            case ["HMSG", _, var number, .. var reply, var head, var size]:
                var all = await Text(Number(size), cancellation);
                _arrived.Enqueue(new(
                    Number(number), reply.FirstOrDefault(), StatusOf(all), all[Number(head)..]));
                break;
            default:
                throw new IOException(line);
        }
    }

    async Task<string> Text(int length, CancellationToken cancellation)
    {
        var text = new char[length + 2];
        var got = await _reader!.ReadBlockAsync(text, cancellation);
        return got == text.Length ? new(text, 0, length) : throw new IOException("the server hung up");
    }

    // NATS/1.0 503
    static int StatusOf(string head) =>
        head.Split('\r')[0].Split(' ') is [_, var status, ..] ? Number(status) : 0;

    static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
