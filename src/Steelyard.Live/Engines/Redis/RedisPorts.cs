namespace Steelyard.Live.Engines.Redis;

/// <summary>The ports that Redis usually has.</summary>
internal static class RedisPorts
{
    /// <summary>Of a server.</summary>
    public const int Server = 6379;

    /// <summary>Of a server, for other shards.</summary>
    public const int Bus = 16379;

    /// <summary>Of a sentinel.</summary>
    public const int Sentinel = 26379;
}
