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
    readonly string _prefix;

    MemcachedConnection(TcpClient tcp, string prefix)
    {
        _tcp = tcp;
        _prefix = prefix;
        _reader = new(tcp.GetStream(), Encoding.ASCII);
    }

    /// <summary>Connects to a server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="prefix">What all keys begin with that are asked for; empty is nothing.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static async Task<MemcachedConnection> Open(
        IPEndPoint server, string prefix, CancellationToken cancellation) =>
        new(await EngineConnections.Open(server, cancellation), prefix);

    /// <summary>Reads a key.</summary>
    /// <returns>Its value and the number of its last change; null when it has none.</returns>
    public async Task<(string Text, string Change)?> Get(string key)
    {
        await Send($"gets {_prefix}{key}\r\n");
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
            CultureInfo.InvariantCulture, $"{how} {_prefix}{key} 0 0 {text.Length} {change}\r\n{text}\r\n"));
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
        await Send($"delete {_prefix}{key}\r\n");
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
        await Send($"incr {_prefix}{key} {by}\r\n");
        return await Line() switch
        {
            "NOT_FOUND" => false,
            [>= '0' and <= '9', ..] => true,
            var other => throw Refused(other),
        };
    }

    /// <summary>The server's version.</summary>
    public async Task<string> Version()
    {
        await Send("version\r\n");
        var line = await Line();
        return line.StartsWith("VERSION ", StringComparison.Ordinal) ? line : throw Refused(line);
    }

    /// <summary>Those keys that begin as all that are asked for here, without that beginning.</summary>
    public async Task<IReadOnlyList<string>> Keys()
    {
        const string Key = "key=";
        // By the order of their use some would be missed that are used meanwhile.
        await Send("lru_crawler metadump hash\r\n");
        var found = new List<string>();
        for (var line = await Line(); line != "END"; line = await Line())
        {
            if (!line.StartsWith(Key, StringComparison.Ordinal))
                throw Refused(line);
            // What is more than letters, digits and dashes in a key is told as in an address of the web.
            var key = Uri.UnescapeDataString(line[Key.Length..].Split(' ')[0]);
            if (key.StartsWith(_prefix, StringComparison.Ordinal))
                found.Add(key[_prefix.Length..]);
        }

        return found;
    }

    /// <inheritdoc/>
    public void Dispose() => _tcp.Dispose();

    async Task Send(string request) => await _tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));

    async Task<string> Line() => await _reader.ReadLineAsync() ?? throw new IOException("the server hung up");

    static Exception Refused(string line) =>
        line.StartsWith("SERVER_ERROR", StringComparison.Ordinal)
        || line.StartsWith("CLIENT_ERROR", StringComparison.Ordinal) || line == "ERROR"
        || line.StartsWith("BUSY", StringComparison.Ordinal)
            ? new MemcachedRefusalException(line)
            : new IOException($"expected an answer of memcached's protocol, found \"{line}\"");
}
