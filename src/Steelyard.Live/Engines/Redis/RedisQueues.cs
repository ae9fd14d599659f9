using StackExchange.Redis;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Redis;

/// <summary>
/// A queue in a list. A plain one is popped (<c>RPOP</c>), and an element whose answer gets lost is gone. An
/// acknowledged one moves it to a second list (<c>LMOVE</c>), from which it is taken when it was handled;
/// what is still there when all consumers are gone is handled again.
/// </summary>
internal static class RedisQueues
{
    /// <summary>The queue that is popped.</summary>
    public const string Plain = "queue";

    /// <summary>The queue whose elements are acknowledged.</summary>
    public const string Acknowledged = "acknowledged";

    // Once nobody consumes any more: what is in hands that are gone, and what nobody has taken.
    const string Drain =
        """
        local left = redis.call('lrange', KEYS[2], 0, -1)
        for _, element in ipairs(redis.call('lrange', KEYS[1], 0, -1)) do left[#left + 1] = element end
        redis.call('del', KEYS[1], KEYS[2])
        return left
        """;

    /// <summary>Runs one.</summary>
    public static async Task<Completion> Run(RedisRoute route, Command asked)
    {
        var (waiting, inHand) = ($"{{{asked.Key}}}waiting", $"{{{asked.Key}}}in-hand");
        switch (asked.Function)
        {
            case "enqueue":
                await route.Write("LPUSH", waiting, asked.Input.ToString());
                return Completion.Ok(Value.Nil);
            case "drain":
                return Completion.Ok(RedisOperations.ListOf(
                    await route.Write("EVAL", Drain, "2", waiting, inHand)));
            case "dequeue" when asked.Key == Plain:
                return Completion.Ok(ElementOf(await route.Write("RPOP", waiting)));
            case "dequeue":
                var taken = await route.Write("LMOVE", waiting, inHand, "RIGHT", "LEFT");
                if (taken is string element)
                    await Acknowledge(route, inHand, element);
                return Completion.Ok(ElementOf(taken));
            default:
                throw new NotSupportedException($"redis knows no {asked.Function}");
        }
    }

    /// <summary>Whether it is the server's doing, or the way's to it.</summary>
    public static bool IsOfServer(Exception failed) => failed is IOException or RedisException
        or RedisDoubtException or RedisUnreachableException or ObjectDisposedException or TimeoutException;

    // It was handled whatever comes of this: if it stays in hand, somebody will handle it once more.
    static async Task Acknowledge(RedisRoute route, string inHand, string element)
    {
        try
        {
            await route.Write("LREM", inHand, "1", element).WaitAsync(route.Seat.Patience / 2);
        }
        catch (Exception failed) when (IsOfServer(failed))
        {
        }
    }

    static Value ElementOf(object? answer) => answer is null ? Value.Nil : RedisOperations.NumberOf(answer);
}
