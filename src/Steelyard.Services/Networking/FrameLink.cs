using System.Net.Sockets;

namespace Steelyard.Services.Networking;

/// <summary>A client's connection on which requests and answers travel as frames, one at a time.</summary>
internal sealed class FrameLink : IDisposable
{
    readonly string _host;
    readonly Connection _connection;
    readonly ConnectionStream _stream;

    FrameLink(string host, Connection connection)
    {
        _host = host;
        _connection = connection;
        _stream = new(connection);
    }

    /// <summary>Connects.</summary>
    /// <exception cref="IOException">Nobody answers there.</exception>
    public static async Task<FrameLink> Open(
        HostNetwork network, string host, int port, CancellationToken cancellation)
    {
        try
        {
            return new(host, await network.Stack.Connect(network.Names.Resolve(host), port, cancellation)
                .ConfigureAwait(false));
        }
        catch (SocketException failure)
        {
            throw new IOException($"no connection to {host}: {failure.Message}", failure);
        }
    }

    /// <summary>Asks, and waits for the answer.</summary>
    /// <param name="request">A frame, its length before it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The answer, without its length.</returns>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task<byte[]> Exchange(byte[] request, CancellationToken cancellation)
    {
        var isAnswered = false;
        try
        {
            await _stream.WriteAsync(request, cancellation).ConfigureAwait(false);
            var answer = await Frames.Read(_stream, cancellation).ConfigureAwait(false)
                ?? throw new IOException($"{_host} closed the connection");
            isAnswered = true;
            return answer;
        }
        finally
        {
            // The answer may still come, and would be taken for the next one's.
            if (!isAnswered)
                _connection.Abort();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
