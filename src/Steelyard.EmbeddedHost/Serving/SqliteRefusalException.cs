namespace Steelyard.EmbeddedHost.Serving;

/// <summary>SQLite has said no.</summary>
/// <param name="code">Its extended result code.</param>
/// <param name="message">Its words.</param>
internal sealed class SqliteRefusalException(int code, string message) : Exception(message)
{
    /// <summary>Its extended result code.</summary>
    public int Code => code;
}
