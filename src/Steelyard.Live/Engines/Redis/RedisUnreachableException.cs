namespace Steelyard.Live.Engines.Redis;

/// <summary>No server could be reached, so nothing was sent.</summary>
internal sealed class RedisUnreachableException() : Exception("not connected");
