using System.Globalization;
using StackExchange.Redis;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Redis;

/// <summary>Asks Redis through StackExchange.Redis, which is told to try nothing again.</summary>
internal sealed class RedisClient(RedisCluster cluster, ClientSeat seat) : IClient, IAsyncDisposable
{
    const string CompareAndSet =
        "if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('set', KEYS[1], ARGV[2]) return 1 end return 0";

    readonly Dictionary<int, ConnectionMultiplexer> _connections = [];

    /// <inheritdoc/>
    public async ValueTask<Completion> Invoke(Invocation invocation)
    {
        IDatabase server;
        try
        {
            server = await Connect();
        }
        catch (Exception unreachable) when (unreachable is RedisException or IOException
            or OperationCanceledException or System.Net.Sockets.SocketException)
        {
            // Nothing was sent.
            return Completion.Fail("not connected");
        }

        try
        {
            return await Ask(server, invocation).WaitAsync(seat.Patience);
        }
        catch (RedisServerException refused)
        {
            // It answered that it did not do it.
            return Completion.Fail(refused.Message.Split(' ')[0]);
        }
        catch (Exception silent) when (silent is RedisException or TimeoutException)
        {
            return Completion.Info(silent is TimeoutException ? "no answer in time" : "connection lost");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections.Values)
            await connection.DisposeAsync();
    }

    async Task<IDatabase> Connect()
    {
        using var time = new CancellationTokenSource(seat.Patience);
        var primary = await cluster.PrimaryFor(seat.Home, time.Token);
        if (!_connections.TryGetValue(primary, out var connection))
        {
            var address = cluster.ServerOf(seat.Home, primary);
            _connections[primary] = connection = await ConnectionMultiplexer.ConnectAsync(
                new ConfigurationOptions
                {
                    EndPoints = { address },
                    AbortOnConnectFail = true,
                    ConnectRetry = 0,
                    ConnectTimeout = (int)seat.Patience.TotalMilliseconds,
                    AsyncTimeout = (int)seat.Patience.TotalMilliseconds,
                    // What it could not send at once it would send when nobody asks for it any more.
                    BacklogPolicy = BacklogPolicy.FailFast,
                    // It must not look for another primary by itself.
                    CommandMap = CommandMap.Create(
                        ["CONFIG", "CLUSTER", "INFO", "SENTINEL", "SUBSCRIBE"], available: false),
                });
        }

        return connection.GetDatabase();
    }

    static async Task<Completion> Ask(IDatabase server, Invocation asked)
    {
        var key = asked.Key.ToString();
        switch (asked.Function)
        {
            case Functions.Read when key == "s":
                var elements = await server.SetMembersAsync(key);
                return Completion.Ok(Value.List([.. elements.Select(one => (Value)(long)one).Order()]));
            case Functions.Read:
                var found = await server.StringGetAsync(key);
                return Completion.Ok(found.IsNull ? Value.Nil : (long)found);
            case Functions.Write:
                await server.StringSetAsync(key, asked.Input.AsInteger);
                return Completion.Ok(Value.Nil);
            case "add":
                await server.SetAddAsync(key, asked.Input.AsInteger);
                return Completion.Ok(Value.Nil);
            case Functions.Cas:
                var pair = asked.Input.AsList;
                var done = await server.ScriptEvaluateAsync(
                    CompareAndSet, [key], [pair[0].AsInteger, pair[1].AsInteger]);
                return (long)done == 1 ? Completion.Ok(Value.Nil) : new(Outcome.Fail, Value.Nil);
            default:
                throw new NotSupportedException(string.Create(
                    CultureInfo.InvariantCulture, $"redis knows no {asked.Function}"));
        }
    }
}
