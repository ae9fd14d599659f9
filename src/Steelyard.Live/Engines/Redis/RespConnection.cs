using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Steelyard.Live.Engines.Redis;

/// <summary>A connection that speaks RESP, Redis' protocol, and does nothing by itself: it asks once, one
/// thing at a time, and hands over the answer.</summary>
/// <remarks>https://redis.io/docs/latest/develop/reference/protocol-spec/, version 2.</remarks>
internal sealed class RespConnection : IDisposable
{
    readonly TcpClient _tcp;
    readonly StreamReader _reader;
    bool _isWaiting;

    RespConnection(TcpClient tcp)
    {
        _tcp = tcp;
        _reader = new(tcp.GetStream(), Encoding.UTF8);
    }

    /// <summary>Connects to a server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="account">Who asks; null is nobody in particular.</param>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    /// <exception cref="RespErrorException">It refuses who asks.</exception>
    public static async Task<RespConnection> Open(
        IPEndPoint server, CancellationToken cancellation, EngineAccount? account = null)
    {
        var connection = new RespConnection(await EngineConnections.Open(server, cancellation));
        try
        {
            if (account is { User: { } user })
                await connection.Ask(["AUTH", user, account.Password ?? ""], cancellation);
            else if (account is { Password: { } password })
                await connection.Ask(["AUTH", password], cancellation);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Asks a server one thing over a connection of its own.</summary>
    /// <returns>Texts, numbers, null, or lists of these.</returns>
    /// <exception cref="RespErrorException">It answered with an error.</exception>
    /// <exception cref="IOException">It did not answer.</exception>
    public static async Task<object?> Ask(
        IPEndPoint server, CancellationToken cancellation, params IReadOnlyList<string> words)
    {
        using var connection = await Open(server, cancellation);
        return await connection.Ask(words, cancellation);
    }

    /// <summary>Asks one thing. Once an answer was given up the connection is of no use any more, since it
    /// would be taken for the next one's.</summary>
    /// <returns>Texts, numbers, null, or lists of these.</returns>
    /// <exception cref="RespErrorException">The server answered with an error.</exception>
    /// <exception cref="IOException">It did not answer.</exception>
    public Task<object?> Ask(IReadOnlyList<string> words, CancellationToken cancellation) =>
        Exchange([words], Read, cancellation);

    /// <summary>Asks several things at once.</summary>
    /// <returns>The answers, in their order.</returns>
    /// <exception cref="RespErrorException">The server answered one of them with an error.</exception>
    /// <exception cref="IOException">It did not answer.</exception>
    public Task<object?[]> AskAll(
        IReadOnlyList<IReadOnlyList<string>> requests, CancellationToken cancellation) =>
        Exchange(requests, stop => List(requests.Count, stop), cancellation);

    async Task<T> Exchange<T>(
        IReadOnlyList<IReadOnlyList<string>> requests, Func<CancellationToken, Task<T>> read,
        CancellationToken cancellation)
    {
        if (_isWaiting)
            throw new IOException("an answer is still awaited");
        _isWaiting = true;
        var request = new StringBuilder();
        foreach (var words in requests)
        {
            request.Append('*').Append(words.Count).Append("\r\n");
            foreach (var word in words)
                request.Append('$').Append(Encoding.UTF8.GetByteCount(word)).Append("\r\n")
                    .Append(word).Append("\r\n");
        }

        await _tcp.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request.ToString()), cancellation);
        try
        {
            var answer = await read(cancellation);
            _isWaiting = false;
            return answer;
        }
        catch (RespErrorException)
        {
            _isWaiting = false;
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _tcp.Dispose();

    async Task<object?> Read(CancellationToken cancellation)
    {
        var line = await _reader.ReadLineAsync(cancellation) ?? throw new IOException("the server hung up");
        var rest = line[1..];
        switch (line[0])
        {
            case '+':
                return rest;
            case '-':
                throw new RespErrorException(rest);
            case ':':
                return long.Parse(rest, CultureInfo.InvariantCulture);
            case '$' when rest == "-1":
            case '*' when rest == "-1":
                return null;
            case '$':
                return await Text(int.Parse(rest, CultureInfo.InvariantCulture));
            case '*':
                return await List(int.Parse(rest, CultureInfo.InvariantCulture), cancellation);
            default:
                throw new IOException($"expected an answer in RESP, found \"{line}\"");
        }
    }

    // An error within a list is an element of it, and must not hide those that follow.
    async Task<object?[]> List(int length, CancellationToken cancellation)
    {
        var list = new object?[length];
        RespErrorException? error = null;
        for (var i = 0; i < length; i++)
        {
            try
            {
                list[i] = await Read(cancellation);
            }
            catch (RespErrorException found)
            {
                error ??= found;
            }
        }

        return error is null ? list : throw error;
    }

    async Task<string> Text(int length)
    {
        var text = new char[length + 2];
        var got = await _reader.ReadBlockAsync(text);
        return got == text.Length ? new(text, 0, length) : throw new IOException("the server hung up");
    }
}
