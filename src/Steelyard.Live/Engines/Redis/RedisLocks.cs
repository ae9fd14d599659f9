using System.Globalization;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Redis;

/// <summary>
/// A counter that is read and written in two steps under a lock that lasts for a time (<c>SET NX PX</c>).
/// With fencing, holders get tokens that grow, and the counter refuses whoever comes with one that is older
/// than one it has seen, in reads as well: a read with a token shuts out those who held the lock before.
/// </summary>
/// <remarks>Kleppmann, How to do distributed locking (2016);
/// https://redis.io/docs/latest/develop/use/patterns/distributed-locks/.</remarks>
internal static class RedisLocks
{
    /// <summary>The counter under a lock without tokens.</summary>
    public const string Plain = "locked";

    /// <summary>The counter under a lock with tokens.</summary>
    public const string Fenced = "fenced";

    const double StallShare = 0.05;

    const string Acquire =
        """
        if not redis.call('set', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 0 end
        return redis.call('incr', KEYS[2])
        """;

    const string GetWithToken =
        """
        if tonumber(ARGV[1]) < tonumber(redis.call('get', KEYS[2]) or '0') then
            return redis.error_reply('FENCED an older token')
        end
        redis.call('set', KEYS[2], ARGV[1])
        return redis.call('get', KEYS[1]) or '0'
        """;

    const string SetWithToken =
        """
        if tonumber(ARGV[1]) < tonumber(redis.call('get', KEYS[2]) or '0') then
            return redis.error_reply('FENCED an older token')
        end
        redis.call('set', KEYS[2], ARGV[1])
        redis.call('set', KEYS[1], ARGV[2])
        return 1
        """;

    const string Release =
        "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0";

    static readonly TimeSpan s_lasts = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs one.</summary>
    public static async Task<Completion> Run(RedisRoute route, Command asked)
    {
        var key = asked.Key.ToString();
        if (asked.Function == Functions.Read)
            return Completion.Ok(RedisOperations.NumberOf(await route.Read("GET", $"{{{key}}}count")));
        var held = new Held(route, key);
        if (!await held.TryAcquire())
            return Completion.Fail("taken");
        var count = await held.Get();
        if (route.Choices.Stalls && route.Seat.Random.Chance(StallShare))
            await Task.Delay(s_lasts * 1.5);
        await held.Set(count + asked.Input.AsInteger);
        await held.Release();
        return Completion.Ok(Value.Nil);
    }

    // A lock that somebody holds, or tries to.
    sealed class Held(RedisRoute route, string key)
    {
        readonly string _lock = $"{{{key}}}lock";
        readonly string _count = $"{{{key}}}count";
        readonly string _given = $"{{{key}}}given";
        readonly string _seen = $"{{{key}}}seen";
        readonly string _me = string.Create(
            CultureInfo.InvariantCulture, $"{route.Seat.Process}-{route.Seat.Random.Next(int.MaxValue)}");

        string _token = "";

        bool IsFenced => key == Fenced;

        public async Task<bool> TryAcquire()
        {
            if (!IsFenced)
                return await route.Write("SET", _lock, _me, "NX", "PX", Milliseconds) is "OK";
            var token = RedisOperations.NumberOf(
                await route.Write("EVAL", Acquire, "2", _lock, _given, _me, Milliseconds));
            _token = token.ToString(CultureInfo.InvariantCulture);
            return token > 0;
        }

        // Under a lock nobody reads from a replica.
        public async Task<long> Get() => RedisOperations.NumberOf(IsFenced
            ? await route.Write("EVAL", GetWithToken, "2", _count, _seen, _token)
            : await route.Write("GET", _count));

        public Task Set(long count) => IsFenced
            ? route.Write("EVAL", SetWithToken, "2", _count, _seen, _token, $"{count}")
            : route.Write("SET", _count, $"{count}");

        // What it was needed for is done: if this fails, the lock ends by itself.
        public async Task Release()
        {
            try
            {
                await route.Write("EVAL", RedisLocks.Release, "1", _lock, _me);
            }
            catch (Exception failed) when (RedisQueues.IsOfServer(failed))
            {
            }
        }

        static string Milliseconds => s_lasts.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
    }
}
