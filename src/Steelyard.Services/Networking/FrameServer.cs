using System.Runtime.ExceptionServices;
using Steelyard.Services.Scheduling;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Networking;

/// <summary>One client's session with a host that answers frames.</summary>
internal interface IFrameSession
{
    /// <summary>How long the client may ask nothing now; null is for ever.</summary>
    TimeSpan? Patience { get; }

    /// <summary>Answers a request.</summary>
    /// <param name="request">A frame without its length.</param>
    /// <returns>A frame, its length before it.</returns>
    Task<byte[]> Answer(byte[] request);

    /// <summary>The client is gone.</summary>
    void End();
}

/// <summary>Serves sessions of frames on a port, on the worker and not in the event loop.</summary>
internal static class FrameServer
{
    /// <summary>Takes connections, each with a session of its own.</summary>
    public static void Listen(NetworkStack stack, int port, Func<IFrameSession> open) =>
        stack.Listen(port, connection => PoolThread.Begin(() => Serve(stack, connection, open())));

    static async Task Serve(NetworkStack stack, Connection connection, IFrameSession session)
    {
        var stream = new ConnectionStream(connection);
        try
        {
            while (await Next(stack, connection, stream, session).ConfigureAwait(false) is { } request)
            {
                // What a life before a crash still runs must not touch what was kept.
                if (stack.World.IsOver)
                    return;
                await stream.WriteAsync(await session.Answer(request).ConfigureAwait(false))
                    .ConfigureAwait(false);
            }
        }
        catch (IOException)
        {
            // Its client is gone: that ends the session.
        }
#pragma warning disable CA1031 // Not swallowed: thrown again in the event loop.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            stack.World.SetTimer(TimeSpan.Zero, () => ExceptionDispatchInfo.Throw(failure));
        }
        finally
        {
            session.End();
            await stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    static async Task<byte[]?> Next(
        NetworkStack stack, Connection connection, Stream stream, IFrameSession session)
    {
        var limit = session.Patience is { } patience
            ? stack.World.SetTimer(patience, connection.Abort)
            : default;
        var request = await Frames.Read(stream, CancellationToken.None).ConfigureAwait(false);
        stack.World.CancelTimer(limit);
        return request;
    }
}
