namespace Steelyard.Analysis.Policies.Caching;

/// <summary>What is asked of a cache, in order.</summary>
/// <param name="Objects">The object of each request: a number from 0 to <paramref name="Distinct"/> -
/// 1.</param>
/// <param name="Sizes">The size of the object of each request, in bytes; null where each takes one
/// place.</param>
/// <param name="Distinct">How many objects there are.</param>
public sealed record CacheRequests(int[] Objects, int[]? Sizes, int Distinct)
{
    /// <summary>How many requests there are.</summary>
    public int Count => Objects.Length;

    /// <summary>The size of a request's object; 1 where each takes one place.</summary>
    public int Size(int request) => Sizes is null ? 1 : Sizes[request];

    /// <summary>All objects together: a cache of this size never drops one.</summary>
    public long Footprint
    {
        get
        {
            if (Sizes is null)
                return Distinct;
            var largest = new int[Distinct];
            for (var request = 0; request < Count; request++)
                largest[Objects[request]] = Math.Max(largest[Objects[request]], Sizes[request]);
            return largest.Sum(size => (long)size);
        }
    }

    /// <summary>For each request the next one of the same object; <see cref="int.MaxValue"/> where there is
    /// none.</summary>
    internal int[] NextUses()
    {
        var next = new int[Count];
        var later = new int[Distinct];
        Array.Fill(later, int.MaxValue);
        for (var request = Count - 1; request >= 0; request--)
        {
            next[request] = later[Objects[request]];
            later[Objects[request]] = request;
        }

        return next;
    }
}

/// <summary>What a cache made of requests.</summary>
/// <param name="Requests">How many there were.</param>
/// <param name="Hits">How many were answered by the cache.</param>
/// <param name="RequestBytes">What was asked for, in bytes; in objects where there are no sizes.</param>
/// <param name="MissBytes">What had to be fetched, likewise.</param>
public readonly record struct CacheResult(long Requests, long Hits, long RequestBytes, long MissBytes)
{
    /// <summary>How many were not answered by the cache.</summary>
    public long Misses => Requests - Hits;

    /// <summary>The share of requests answered by the cache, 0 to 1.</summary>
    public double HitRatio => Requests == 0 ? 0 : (double)Hits / Requests;
}
