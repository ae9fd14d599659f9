namespace Steelyard.Services.Designs.RateLimit.Variants;

/// <summary>
/// A value that one host keeps in its memory for a time, since it costs others something to compute. When it
/// has expired, the first caller has it loaded, and whoever comes meanwhile waits for the same load (golang's
/// singleflight; Nishtala et al., "Scaling Memcache at Facebook", NSDI 2013, section 3.2.1). A load belongs
/// to nobody: a caller that gives up takes only itself away, and after a load that failed, for all who waited
/// for it, the next caller starts another.
/// </summary>
/// <param name="load">Loads it; must end by itself.</param>
/// <param name="lasts">How long it is kept.</param>
/// <param name="time">The host's clock.</param>
/// <param name="joins">Whether callers wait for a load that is under way; else each loads for itself.</param>
internal sealed class SingleFlight<T>(Func<Task<T>> load, TimeSpan lasts, TimeProvider time, bool joins)
    where T : class
{
    readonly Lock _gate = new();

    Task<T>? _underWay;
    T? _value;
    long _loadedAt;

    /// <summary>The value, from memory or loaded now.</summary>
    /// <param name="cancellation">The caller gives up; the load goes on for the others.</param>
    public Task<T> Get(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_value is not null && time.GetElapsedTime(_loadedAt) < lasts)
                return Task.FromResult(_value);
            if (!joins || _underWay is null or { IsCompleted: true })
                _underWay = Load();
            return _underWay.WaitAsync(cancellation);
        }
    }

    async Task<T> Load()
    {
        var value = await load().ConfigureAwait(false);
        lock (_gate)
        {
            _value = value;
            _loadedAt = time.GetTimestamp();
        }

        return value;
    }
}
