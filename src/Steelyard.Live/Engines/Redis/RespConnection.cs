using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Steelyard.Live.Engines.Redis;

/// <summary>A connection that speaks RESP, Redis' protocol, and does nothing by itself: it asks once, and
/// hands over the answer. Good for looking after servers.</summary>
/// <remarks>https://redis.io/docs/latest/develop/reference/protocol-spec/, version 2.</remarks>
internal sealed class RespConnection : IDisposable
{
    readonly TcpClient _tcp = new() { NoDelay = true };

    RespConnection()
    {
    }

    /// <summary>Asks a server one thing.</summary>
    /// <returns>Texts, numbers, null, or lists of these.</returns>
    /// <exception cref="IOException">It answered with an error, or not at all.</exception>
    public static async Task<object?> Ask(
        IPEndPoint server, CancellationToken cancellation, params string[] words)
    {
        using var connection = new RespConnection();
        await connection._tcp.ConnectAsync(server, cancellation);
        var stream = connection._tcp.GetStream();
        var request = new StringBuilder().Append('*').Append(words.Length).Append("\r\n");
        foreach (var word in words)
            request.Append('$').Append(Encoding.UTF8.GetByteCount(word)).Append("\r\n").Append(word).Append("\r\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request.ToString()), cancellation);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await Read(reader, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _tcp.Dispose();

    static async Task<object?> Read(StreamReader reader, CancellationToken cancellation)
    {
        var line = await reader.ReadLineAsync(cancellation) ?? throw new IOException("the server hung up");
        var rest = line[1..];
        switch (line[0])
        {
            case '+':
                return rest;
            case '-':
                throw new IOException(rest);
            case ':':
                return long.Parse(rest, CultureInfo.InvariantCulture);
            case '$' when rest == "-1":
            case '*' when rest == "-1":
                return null;
            case '$':
                return await Text(reader, int.Parse(rest, CultureInfo.InvariantCulture), cancellation);
            case '*':
                var list = new object?[int.Parse(rest, CultureInfo.InvariantCulture)];
                for (var i = 0; i < list.Length; i++)
                    list[i] = await Read(reader, cancellation);
                return list;
            default:
                throw new IOException($"expected an answer in RESP, found \"{line}\"");
        }
    }

    static async Task<string> Text(StreamReader reader, int length, CancellationToken cancellation)
    {
        var text = new char[length + 2];
        var got = await reader.ReadBlockAsync(text, cancellation);
        return got == text.Length ? new(text, 0, length) : throw new IOException("the server hung up");
    }
}
