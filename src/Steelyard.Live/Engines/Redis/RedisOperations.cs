using System.Globalization;
using Steelyard.Histories;
using Steelyard.Live.Workloads;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Redis;

/// <summary>Operations as Redis commands.</summary>
internal static class RedisOperations
{
    /// <summary>The key of the set.</summary>
    public const string Set = "s";

    /// <summary>The key of the plain counter.</summary>
    public const string Counter = "counter";

    const string Ids = "ids";

    const string CompareAndSet =
        """
        if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
        redis.call('set', KEYS[1], ARGV[2])
        return 1
        """;

    /// <summary>Runs one.</summary>
    public static Task<Completion> Run(RedisRoute route, Command asked) => asked.Key.ToString() switch
    {
        _ when asked.Function == Functions.Transfer => RedisBank.Transfer(route, asked.Input),
        _ when asked.Function == Functions.Balances => RedisBank.Balances(route),
        _ when asked.Function == IdWorkload.Generate => NextId(route),
        _ when asked.Function == Functions.Txn => RedisAppends.Run(route, asked.Input.AsList.ToArray()),
        RedisLocks.Plain or RedisLocks.Fenced => RedisLocks.Run(route, asked),
        RedisQueues.Plain or RedisQueues.Acknowledged => RedisQueues.Run(route, asked),
        Set => RunSet(route, asked),
        Counter => RunCounter(route, asked),
        _ => RunRegister(route, asked),
    };

    /// <summary>A number as Redis tells it.</summary>
    public static long NumberOf(object? answer) => answer as long?
        ?? (answer is string text ? long.Parse(text, CultureInfo.InvariantCulture) : 0);

    /// <summary>A list of numbers.</summary>
    public static Value ListOf(object? answer) =>
        Value.List([.. ((object?[])answer!).Select(one => (Value)NumberOf(one))]);

    static async Task<Completion> NextId(RedisRoute route) =>
        Completion.Ok(NumberOf(await route.Write("INCR", Ids)));

    static async Task<Completion> RunSet(RedisRoute route, Command asked)
    {
        var key = asked.Key.ToString();
        if (asked.Function == Functions.Read)
            return Completion.Ok(ListOf(await route.Read("SMEMBERS", key)));
        await route.Write("SADD", key, asked.Input.ToString());
        return Completion.Ok(Value.Nil);
    }

    static async Task<Completion> RunCounter(RedisRoute route, Command asked)
    {
        var key = asked.Key.ToString();
        if (asked.Function == Functions.Read)
            return Completion.Ok(NumberOf(await route.Read("GET", key)));
        await route.Write("INCRBY", key, asked.Input.ToString());
        return Completion.Ok(Value.Nil);
    }

    static async Task<Completion> RunRegister(RedisRoute route, Command asked)
    {
        var key = asked.Key.ToString();
        switch (asked.Function)
        {
            case Functions.Read:
                var found = await route.Read("GET", key);
                return Completion.Ok(found is null ? Value.Nil : NumberOf(found));
            case Functions.Write:
                await route.Write("SET", key, asked.Input.ToString());
                return Completion.Ok(Value.Nil);
            case Functions.Cas:
                var pair = asked.Input.AsList;
                var done = await route.Write(
                    "EVAL", CompareAndSet, "1", key, pair[0].ToString(), pair[1].ToString());
                return NumberOf(done) == 1 ? Completion.Ok(Value.Nil) : new(Outcome.Fail, Value.Nil);
            default:
                throw new NotSupportedException($"redis knows no {asked.Function}");
        }
    }
}
