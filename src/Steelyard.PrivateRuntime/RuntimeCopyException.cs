namespace Steelyard.PrivateRuntime;

/// <summary>A private copy of the runtime cannot be made here.</summary>
/// <param name="message">Why not, in one line.</param>
/// <param name="inner">What the machine said; null is nothing.</param>
public sealed class RuntimeCopyException(string message, Exception? inner = null) : Exception(message, inner);
