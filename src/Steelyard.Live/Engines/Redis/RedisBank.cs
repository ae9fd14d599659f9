using System.Globalization;
using Steelyard.Histories;
using Steelyard.Live.Workloads;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Engines.Redis;

/// <summary>A bank in Redis: a hash of the accounts that were changed and a list of the transfers that were
/// done. A transfer is a script: Redis runs one at a time.</summary>
internal static class RedisBank
{
    // The braces keep both in one shard.
    const string Accounts = "{bank}account";
    const string Transfers = "{bank}transfer";

    const string Script =
        """
        local there = tonumber(redis.call('hget', KEYS[1], ARGV[1]) or ARGV[5])
        local other = tonumber(redis.call('hget', KEYS[1], ARGV[2]) or ARGV[5])
        if there < tonumber(ARGV[3]) then return 0 end
        redis.call('hset', KEYS[1], ARGV[1], there - ARGV[3], ARGV[2], other + ARGV[3])
        redis.call('rpush', KEYS[2], ARGV[4])
        return 1
        """;

    /// <summary>Moves money.</summary>
    public static async Task<Completion> Transfer(RedisRoute route, Value asked)
    {
        var done = await route.Write(
            "EVAL", Script, "2", Accounts, Transfers, $"{asked["from"]}", $"{asked["to"]}",
            $"{asked["amount"]}", asked["id"].AsText,
            TransferWorkload.OpeningCents.ToString(CultureInfo.InvariantCulture));
        return Completion.Ok(Value.Of(RedisOperations.NumberOf(done) == 1));
    }

    /// <summary>Reads all balances.</summary>
    public static async Task<Completion> Balances(RedisRoute route) =>
        Completion.Ok(BalancesIn(await route.Read("HGETALL", Accounts)));

    /// <summary>Reads all that one server holds.</summary>
    public static async Task<Completion> State(RedisRoute route, int node)
    {
        var transfers = Texts(await route.ReadAt(node, "LRANGE", Transfers, "0", "-1"));
        var registers = new List<(string, Value)>();
        foreach (var key in (await Keys(route, node)).Where(IsRegister))
            registers.Add((key, RedisOperations.NumberOf(await route.ReadAt(node, "GET", key))));
        return Completion.Ok(ReplicaStates.Of(
            BalancesIn(await route.ReadAt(node, "HGETALL", Accounts)), transfers, registers));
    }

    // KEYS is for administrators, and the library sends it for nobody else.
    static async Task<IEnumerable<string>> Keys(RedisRoute route, int node)
    {
        var (found, cursor) = (new SortedSet<string>(StringComparer.Ordinal), "0");
        do
        {
            var page = (object?[])(await route.ReadAt(node, "SCAN", cursor, "COUNT", "1000"))!;
            cursor = $"{page[0]}";
            found.UnionWith(Texts(page[1]));
        }
        while (cursor != "0");
        return found;
    }

    static bool IsRegister(string key) => !key.StartsWith('{');

    static Value BalancesIn(object? pairs)
    {
        var changed = new Dictionary<long, long>();
        foreach (var pair in ((object?[])pairs!).Chunk(2))
            changed.Add(RedisOperations.NumberOf(pair[0]), RedisOperations.NumberOf(pair[1]));
        return ReplicaStates.Balances(changed);
    }

    static IEnumerable<string> Texts(object? answer) => ((object?[])answer!).Select(one => $"{one}");
}
