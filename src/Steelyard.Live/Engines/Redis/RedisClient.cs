using StackExchange.Redis;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Redis;

/// <summary>Asks Redis, each operation once.</summary>
internal sealed class RedisClient(RespCluster cluster, ClientSeat seat) : IClient, IAsyncDisposable
{
    readonly RedisRoute _route = new(cluster, seat);

    /// <inheritdoc/>
    public async ValueTask<Completion> Invoke(Invocation invocation)
    {
        try
        {
            var asked = invocation.Target is { } server
                ? RedisBank.State(_route, server.Index)
                : RedisOperations.Run(_route, invocation.Command);
            return await asked.WaitAsync(seat.Patience);
        }
        catch (RedisUnreachableException unsent)
        {
            return Completion.Fail(unsent.Message);
        }
        catch (RespErrorException refused)
        {
            // It answered that it did not do it.
            return Completion.Fail(refused.Kind);
        }
        catch (RedisDoubtException doubt)
        {
            return Completion.Info(doubt.Message);
        }
        catch (TimeoutException)
        {
            return Completion.Info("no answer in time");
        }
        catch (Exception silent) when (silent is RedisException or IOException or ObjectDisposedException)
        {
            return Completion.Info("connection lost");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _route.DisposeAsync();
}
