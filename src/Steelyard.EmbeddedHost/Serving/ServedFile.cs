namespace Steelyard.EmbeddedHost.Serving;

/// <summary>A file of SQLite, and how it is used.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Locks"><c>fcntl</c>: the locks of the system; <c>none</c>: none, so that processes do not
/// see one another.</param>
/// <param name="Journal">As <c>pragma journal_mode</c> takes it.</param>
/// <param name="Synchronous">As <c>pragma synchronous</c> takes it.</param>
/// <param name="Patience">How long a connection waits for another one's lock.</param>
internal sealed record ServedFile(
    string Path, string Locks, string Journal, string Synchronous, TimeSpan Patience)
{
    /// <summary>The name of SQLite's system layer with such locks.</summary>
    public string SystemLayer => Locks == "none" ? "unix-none" : "unix";
}
