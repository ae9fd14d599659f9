namespace Steelyard.Live.Engines;

/// <summary>Connections that nobody needs any more.</summary>
internal static class EngineConnections
{
    /// <summary>Closes one; what goes wrong with that is nobody's concern.</summary>
    public static async Task Close(object connection)
    {
        try
        {
            if (connection is IAsyncDisposable disposable)
                await disposable.DisposeAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A library may throw anything at a connection that is torn.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
