namespace Steelyard.Live;

/// <summary>This machine did not do what a live run needs: an engine is not there or did not start, a tool
/// failed. One line says what was expected and what was found.</summary>
public sealed class LiveException(string message) : Exception(message);
