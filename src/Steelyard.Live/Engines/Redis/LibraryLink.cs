using System.Net;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace Steelyard.Live.Engines.Redis;

/// <summary>A link through StackExchange.Redis, which is told to try nothing again. It does connect again by
/// itself, and among shards it looks up who owns a key and follows a server that sends it
/// elsewhere.</summary>
internal sealed class LibraryLink : IRedisLink
{
    readonly ConnectionMultiplexer _connection;
    RedisKey _last;

    LibraryLink(ConnectionMultiplexer connection) => _connection = connection;

    /// <summary>Connects.</summary>
    /// <param name="server">The server.</param>
    /// <param name="patience">How long it may take to connect and to answer.</param>
    /// <param name="account">Who asks; null is nobody in particular.</param>
    /// <param name="shards">Leads to the shards that servers tell of; null where there is one
    /// server.</param>
    public static async Task<IRedisLink> Open(
        EndPoint server, TimeSpan patience, EngineAccount? account, Tunnel? shards)
    {
        var configuration = new ConfigurationOptions
        {
            EndPoints = { server },
            AbortOnConnectFail = true,
            ConnectRetry = 0,
            ConnectTimeout = (int)patience.TotalMilliseconds,
            AsyncTimeout = (int)patience.TotalMilliseconds,
            User = account?.User,
            Password = account?.Password,
            Tunnel = shards,
            // What it could not send at once it would send when nobody asks for it any more.
            BacklogPolicy = BacklogPolicy.FailFast,
            // It must not look for another primary by itself.
            CommandMap = CommandMap.Create(
                ["CONFIG", "INFO", "SENTINEL", "SUBSCRIBE", .. shards is null ? new[] { "CLUSTER" } : []],
                available: false),
        };
        return new LibraryLink(await ConnectionMultiplexer.ConnectAsync(configuration));
    }

    /// <inheritdoc/>
    public async Task<object?> Ask(IReadOnlyList<string> words)
    {
        try
        {
            if (words[0] == "WAIT")
                return Plain(await Wait(words));
            var place = KeyAt(words);
            _last = words[place];
            return Plain(await _connection.GetDatabase().ExecuteAsync(
                words[0], [.. words.Skip(1).Take(place - 1), _last, .. words.Skip(place + 1)]));
        }
        catch (RedisServerException refused)
        {
            throw new RespErrorException(refused.Message);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    // It asks of the writes over the same connection, so it goes to whom the last one went to.
    async Task<RedisResult> Wait(IReadOnlyList<string> words)
    {
        var server = await _connection.GetDatabase().IdentifyEndpointAsync(_last)
            ?? throw new IOException("nobody owns the key that was written");
        return await _connection.GetServer(server).ExecuteAsync(words[0], [.. words.Skip(1)]);
    }

    // EVAL script count key …
    static int KeyAt(IReadOnlyList<string> words) => words[0] == "EVAL" ? 3 : 1;

    static object? Plain(RedisResult answer) =>
        answer.IsNull ? null
        : answer.Resp2Type switch
        {
            ResultType.Integer => (long)answer,
            ResultType.Array => ((RedisResult[])answer!).Select(Plain).ToArray(),
            _ => (string?)answer,
        };
}
