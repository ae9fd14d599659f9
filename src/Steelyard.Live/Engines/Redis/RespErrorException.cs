namespace Steelyard.Live.Engines.Redis;

/// <summary>A server answered that it did not do it, or could not.</summary>
internal sealed class RespErrorException(string message) : IOException(message)
{
    /// <summary>Its first word, which names the kind: <c>READONLY</c>, <c>MOVED</c>.</summary>
    public string Kind { get; } = message.Split(' ')[0];
}
