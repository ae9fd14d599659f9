using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Engines.Memcached;

/// <summary>Reads, writes and deletes of a few keys of a cache, every written value only once.</summary>
internal sealed class CacheWorkload : IWorkload
{
    const int Keys = 5;

    long _written;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn)
    {
        var key = KeyOf(turn.Random.Next(Keys));
        return turn.Random.Next(4) switch
        {
            0 => new(Functions.Write, key, ++_written),
            1 => new(Functions.Delete, key, Value.Nil),
            _ => new(Functions.Read, key, Value.Nil),
        };
    }

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn)
    {
        for (var key = 0; key < Keys; key++)
            yield return new(Functions.Read, KeyOf(key), Value.Nil);
    }

    static string KeyOf(int number) => $"{MemcachedClient.Cached}{number}";
}
