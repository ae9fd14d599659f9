namespace Steelyard.Files;

/// <summary>The machine does not let something be written: a full disk, a folder that is read-only, an output
/// that nobody can take. The message is one clear line; it is neither the user's mistake nor a bug.</summary>
/// <param name="line">What was to be written, and why it was not.</param>
/// <param name="inner">What the machine said, or null.</param>
internal sealed class CannotWriteException(string line, Exception? inner = null) : Exception(line, inner);
