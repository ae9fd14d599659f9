namespace Steelyard.Live.Engines;

/// <summary>Who asks an engine that is not ours.</summary>
/// <param name="User">Its user; null is the one whom the engine has by default.</param>
/// <param name="Password">Its password; null is none.</param>
internal sealed record EngineAccount(string? User, string? Password);
