using Steelyard.Analysis.Policies.Caching;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Histories;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>What a cache holds: versions of keys, each from some time on.</summary>
internal sealed class CacheStore
{
    readonly CachePart _part;
    readonly CachePolicy _policy;
    readonly Held[] _held;
    readonly long _ttlNs;
    readonly long _graceNs;
    long _leases;

    public CacheStore(CachePart part, int keys)
    {
        _part = part;
        _policy = CachePolicies.Named(part.Policy).Make(
            part.Size, new CacheRequests([], null, keys));
        _held = new Held[keys];
        _ttlNs = part.Ttl is { } ttl ? ttl.Ticks * 100 : long.MaxValue;
        _graceNs = part.StaleWhileRevalidate.Ticks * 100;
    }

    struct Held
    {
        public long Version;
        public long SinceNs;
        public long Lease;
    }

    /// <summary>What is held of a key.</summary>
    /// <param name="key">Which.</param>
    /// <param name="nowNs">Now.</param>
    /// <param name="version">Its version.</param>
    /// <returns>Whether it is held, and fresh; or given though its time is over.</returns>
    public CacheHit Look(int key, long nowNs, out long version)
    {
        version = _held[key].Version;
        if (!_policy.Holds(key))
            return CacheHit.Miss;
        var age = nowNs - _held[key].SinceNs;
        if (_ttlNs == long.MaxValue || age < _ttlNs)
        {
            _policy.Request(key, 1);
            return CacheHit.Fresh;
        }

        if (age < _ttlNs + _graceNs)
            return CacheHit.Stale;
        _policy.Drop(key);
        return CacheHit.Miss;
    }

    /// <summary>The right to fill a key that is not held.</summary>
    public long Lease(int key) => _held[key].Lease = ++_leases;

    /// <summary>Holds a version, unless the right to it is gone.</summary>
    /// <returns>Whether it holds it.</returns>
    public bool Fill(int key, Reading reading, long nowNs)
    {
        if (_part.Leases && reading.Lease != _held[key].Lease)
            return false;
        Put(key, reading.Version, nowNs);
        return true;
    }

    /// <summary>Holds what was there at the start, of all ages: no two keys run out together.</summary>
    public void Warm(long nowNs)
    {
        for (var key = Math.Min(_part.Size, _held.Length) - 1; key >= 0; key--)
        {
            var age = _ttlNs == long.MaxValue ? 0 : (long)(StableHash.Mix((ulong)key) % (ulong)_ttlNs);
            Put(key, 0, nowNs - age);
        }
    }

    /// <summary>Holds a version.</summary>
    public void Put(int key, long version, long nowNs)
    {
        _policy.Request(key, 1);
        (_held[key].Version, _held[key].SinceNs) = (version, nowNs);
    }

    /// <summary>Drops a key: what is looked up of it now is not to be held.</summary>
    public void Drop(int key)
    {
        _policy.Drop(key);
        _held[key].Lease = 0;
    }

    /// <summary>Drops all.</summary>
    /// <returns>Whether anything was held.</returns>
    public bool Flush()
    {
        var held = _policy.Used > 0;
        for (var key = 0; key < _held.Length; key++)
            _policy.Drop(key);
        return held;
    }
}

/// <summary>What a cache has of a key.</summary>
internal enum CacheHit : byte
{
    /// <summary>Nothing.</summary>
    Miss,

    /// <summary>A version whose time is not over.</summary>
    Fresh,

    /// <summary>One whose time is over, that is given while it is looked up.</summary>
    Stale,
}
