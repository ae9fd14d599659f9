using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Steelyard.Live.Engines.Memcached;

/// <summary>A connection that speaks memcached's text protocol: it asks once, one thing at a time, and hands
/// over the answer.</summary>
/// <remarks>https://github.com/memcached/memcached/blob/master/doc/protocol.txt.</remarks>
internal sealed class MemcachedConnection : IDisposable
{
    readonly TcpClient _tcp;
    readonly StreamReader _reader;

    MemcachedConnection(TcpClient tcp)
    {
        _tcp = tcp;
        _reader = new(tcp.GetStream(), Encoding.ASCII);
    }

    /// <summary>Connects to a server.</summary>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static async Task<MemcachedConnection> Open(IPEndPoint server, CancellationToken cancellation) =>
        new(await EngineConnections.Open(server, cancellation));

    /// <summary>Reads a key.</summary>
    /// <returns>Its value and the number of its last change; null when it has none.</returns>
    public async Task<(string Text, string Change)?> Get(string key)
    {
        await Send($"gets {key}\r\n");
        var head = await Line();
        if (head == "END")
            return null;
        // VALUE key flags bytes change
        if (head.Split(' ') is not ["VALUE", _, _, var bytes, var change])
            throw Refused(head);
        var text = new char[int.Parse(bytes, CultureInfo.InvariantCulture) + 2];
        if (await _reader.ReadBlockAsync(text) != text.Length || await Line() != "END")
            throw new IOException("the server hung up");
        return (new(text, 0, text.Length - 2), change);
    }

    /// <summary>Stores a value.</summary>
    /// <param name="how"><c>set</c>, <c>add</c>; or <c>cas</c> with the number of the change that it
    /// follows.</param>
    /// <param name="key">The key.</param>
    /// <param name="text">The value.</param>
    /// <param name="change">For <c>cas</c>.</param>
    /// <returns>Whether it was stored.</returns>
    public async Task<bool> Store(string how, string key, string text, string change = "")
    {
        await Send(string.Create(
            CultureInfo.InvariantCulture, $"{how} {key} 0 0 {text.Length} {change}\r\n{text}\r\n"));
        return await Line() switch
        {
            "STORED" => true,
            "NOT_STORED" or "EXISTS" or "NOT_FOUND" => false,
            var other => throw Refused(other),
        };
    }

    /// <summary>Takes a key away.</summary>
    /// <returns>Whether it was there.</returns>
    public async Task<bool> Delete(string key)
    {
        await Send($"delete {key}\r\n");
        return await Line() switch
        {
            "DELETED" => true,
            "NOT_FOUND" => false,
            var other => throw Refused(other),
        };
    }

    /// <summary>Adds to a number.</summary>
    /// <returns>Whether it was there.</returns>
    public async Task<bool> Increment(string key, string by)
    {
        await Send($"incr {key} {by}\r\n");
        return await Line() switch
        {
            "NOT_FOUND" => false,
            [>= '0' and <= '9', ..] => true,
            var other => throw Refused(other),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _tcp.Dispose();

    async Task Send(string request) => await _tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));

    async Task<string> Line() => await _reader.ReadLineAsync() ?? throw new IOException("the server hung up");

    static Exception Refused(string line) =>
        line.StartsWith("SERVER_ERROR", StringComparison.Ordinal)
        || line.StartsWith("CLIENT_ERROR", StringComparison.Ordinal) || line == "ERROR"
            ? new MemcachedRefusalException(line)
            : new IOException($"expected an answer of memcached's protocol, found \"{line}\"");
}
