namespace Steelyard.Live.Engines.Memcached;

/// <summary>The server answered that it did not do it.</summary>
internal sealed class MemcachedRefusalException(string line) : Exception(line);
