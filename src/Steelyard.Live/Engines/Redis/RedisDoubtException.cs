namespace Steelyard.Live.Engines.Redis;

/// <summary>Nobody knows whether it lasts.</summary>
internal sealed class RedisDoubtException(string message) : Exception(message);
