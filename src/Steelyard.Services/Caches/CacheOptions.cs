using Steelyard.Histories;

namespace Steelyard.Services.Caches;

/// <summary>How a cache runs.</summary>
public sealed record CacheOptions
{
    /// <summary>
    /// True for a second host that the first one tells of every change, without waiting for it, and that
    /// takes over when it no longer hears the first. What it had not been told is lost then; and while they
    /// cannot hear each other, each may take writes that the other never sees.
    /// </summary>
    public bool Replica { get; init; }

    /// <summary>How many bytes of keys and values it holds; what was used least recently makes room. 64 MiB
    /// by default.</summary>
    public long SizeLimitBytes { get; init; } = 64L << 20;

    /// <summary>How long the primary waits before it tells its replica of changes.</summary>
    public TimeSpan ShipDelay { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a replica hears no primary before it takes over.</summary>
    public TimeSpan FailoverTimeout { get; init; } = TimeSpan.FromMilliseconds(600);

    /// <summary>The names of a cache's hosts, the first primary first.</summary>
    internal string[] HostsOf(string name) => Replica ? [$"{name}-1", $"{name}-2"] : [name];

    /// <summary>Says what a user got wrong.</summary>
    /// <exception cref="UserMistakeException">A value out of its range.</exception>
    internal void Check(string name)
    {
        if (SizeLimitBytes <= 0)
            throw new UserMistakeException(
                $"cache {name}: expected a size limit above 0 bytes, found {SizeLimitBytes}");
        if (FailoverTimeout <= TimeSpan.Zero || ShipDelay < TimeSpan.Zero)
            throw new UserMistakeException(
                $"cache {name}: expected a {nameof(FailoverTimeout)} above 0 and a {nameof(ShipDelay)} of 0"
                + $" or more, found {FailoverTimeout} and {ShipDelay}");
    }
}
