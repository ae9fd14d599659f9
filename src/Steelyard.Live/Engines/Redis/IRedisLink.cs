namespace Steelyard.Live.Engines.Redis;

/// <summary>What asks a server.</summary>
internal interface IRedisLink : IAsyncDisposable
{
    /// <summary>Asks one thing.</summary>
    /// <returns>Texts, numbers, null, or lists of these.</returns>
    /// <exception cref="RespErrorException">The server answered with an error.</exception>
    Task<object?> Ask(IReadOnlyList<string> words);
}
