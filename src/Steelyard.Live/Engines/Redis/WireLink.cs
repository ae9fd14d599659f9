using System.Net;

namespace Steelyard.Live.Engines.Redis;

/// <summary>A link that does what it is told, and nothing by itself.</summary>
internal sealed class WireLink : IRedisLink
{
    readonly RespConnection _connection;

    WireLink(RespConnection connection) => _connection = connection;

    /// <summary>Connects.</summary>
    public static async Task<IRedisLink> Open(
        IPEndPoint server, EngineAccount? account, CancellationToken cancellation) =>
        new WireLink(await RespConnection.Open(server, cancellation, account));

    /// <inheritdoc/>
    public Task<object?> Ask(IReadOnlyList<string> words) => _connection.Ask(words, CancellationToken.None);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        return ValueTask.CompletedTask;
    }
}
