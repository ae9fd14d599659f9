using System.Globalization;
using System.Net.Sockets;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Memcached;

/// <summary>Asks memcached, each operation once.</summary>
internal sealed class MemcachedClient(MemcachedCluster cluster, ClientSeat seat) : IClient, IAsyncDisposable
{
    /// <summary>The key of the counter.</summary>
    public const string Counter = "counter";

    /// <summary>What keys that are a cache begin with: that they are forgotten is no answer.</summary>
    public const string Cached = "cached-";

    MemcachedConnection? _server;

    /// <inheritdoc/>
    public async ValueTask<Completion> Invoke(Invocation invocation)
    {
        try
        {
            using var time = new CancellationTokenSource(seat.Patience / 2);
            _server ??= await cluster.Connect(seat.Home, time.Token);
        }
        catch (Exception unreachable) when (unreachable is IOException or SocketException
            or OperationCanceledException)
        {
            // Nothing was sent.
            return Completion.Fail("not connected");
        }

        try
        {
            return await Ask(_server, invocation.Command).WaitAsync(seat.Patience);
        }
        catch (MemcachedRefusalException refused)
        {
            return Completion.Fail(refused.Message);
        }
        catch (Exception silent) when (silent is IOException or TimeoutException or ObjectDisposedException)
        {
            // Its answer may still come, so the connection is of no use any more.
            await DisposeAsync();
            return Completion.Info(silent is TimeoutException ? "no answer in time" : "connection lost");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _server?.Dispose();
        _server = null;
        return ValueTask.CompletedTask;
    }

    static Task<Completion> Ask(MemcachedConnection server, Command asked)
    {
        var key = asked.Key.ToString();
        return asked.Function switch
        {
            Functions.Read => Read(server, key),
            Functions.Write => Write(server, key, asked.Input.ToString()),
            Functions.Cas => CompareAndSet(
                server, key, asked.Input.AsList[0].ToString(), asked.Input.AsList[1].ToString()),
            Functions.Delete => Delete(server, key),
            "add" => Add(server, key, asked.Input.ToString()),
            _ => throw new NotSupportedException($"memcached knows no {asked.Function}"),
        };
    }

    static async Task<Completion> Read(MemcachedConnection server, string key)
    {
        var found = await server.Get(key);
        return found is { } value ? Completion.Ok(long.Parse(value.Text, CultureInfo.InvariantCulture))
            : key == Counter ? Completion.Ok(0)
            : key.StartsWith(Cached, StringComparison.Ordinal) ? Completion.Fail("miss")
            : Completion.Ok(Value.Nil);
    }

    static async Task<Completion> Write(MemcachedConnection server, string key, string text) =>
        await server.Store("set", key, text)
            ? Completion.Ok(Value.Nil) : throw new MemcachedRefusalException("not stored");

    // It is compared here; that nobody came between is what the number of the change is for.
    static async Task<Completion> CompareAndSet(
        MemcachedConnection server, string key, string expected, string replacement) =>
        await server.Get(key) is { } found && found.Text == expected
        && await server.Store("cas", key, replacement, found.Change)
            ? Completion.Ok(Value.Nil) : new(Outcome.Fail, Value.Nil);

    static async Task<Completion> Delete(MemcachedConnection server, string key)
    {
        await server.Delete(key);
        return Completion.Ok(Value.Nil);
    }

    // A counter that is not there is made by whoever comes first.
    static async Task<Completion> Add(MemcachedConnection server, string key, string by)
    {
        while (!await server.Increment(key, by) && !await server.Store("add", key, by))
        {
        }

        return Completion.Ok(Value.Nil);
    }
}
