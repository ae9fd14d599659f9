using System.Globalization;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Redis;

/// <summary>Transactions over lists, each a script: Redis runs one at a time.</summary>
internal static class RedisAppends
{
    // The braces keep all lists in one shard.
    const string Prefix = "{list}";

    const string Script =
        """
        local told = {}
        for i, key in ipairs(KEYS) do
            if ARGV[i] == '' then told[i] = redis.call('lrange', key, 0, -1)
            else redis.call('rpush', key, ARGV[i]) told[i] = {} end
        end
        return told
        """;

    /// <summary>Runs one.</summary>
    public static async Task<Completion> Run(RedisRoute route, IReadOnlyList<Value> steps)
    {
        List<string> words =
        [
            "EVAL", Script, steps.Count.ToString(CultureInfo.InvariantCulture),
            .. steps.Select(step => Prefix + step.AsList[1]),
            .. steps.Select(step => IsRead(step) ? "" : step.AsList[2].ToString()),
        ];
        var told = (object?[])(await route.Write(words))!;
        return Completion.Ok(Value.List(
            [.. steps.Select((step, place) => IsRead(step)
                ? Value.List("r", step.AsList[1], RedisOperations.ListOf(told[place])) : step)]));
    }

    static bool IsRead(Value step) => step.AsList[0] == "r";
}
