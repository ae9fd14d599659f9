using System.Net.Sockets;
using Steelyard.Services.Determinism.Runtime;
using Steelyard.Services.Determinism.Waits;
using Steelyard.Simulation;

namespace Steelyard.Services.Sockets;

/// <summary>A synchronous call of a socket: it waits in virtual time, while the world goes on.</summary>
internal static class SocketWait
{
    /// <summary>Waits for bytes, or for room.</summary>
    /// <exception cref="SocketException">It took too long.</exception>
    public static void For(int socket, bool toSend, int timeout, SimulatedRun run)
    {
        if (IsReady(socket, toSend))
            return;
        var isLate = false;
        var limit = timeout > 0 ? SetTimer(TimeSpan.FromMilliseconds(timeout), () => isLate = true) : default;
        WorkerWait.Until(() => isLate || IsReady(socket, toSend));
        limit?.Invoke();
        if (isLate)
            throw new SocketException((int)SocketError.TimedOut);

        Action SetTimer(TimeSpan after, Action late)
        {
            if (CallContext.Current?.Life is { } life)
            {
                var timer = life.SetTimer(after, late);
                return () => life.CancelTimer(timer);
            }

            var ofRun = run.SetTimer(after, late);
            return () => run.CancelTimer(ofRun);
        }
    }

    static bool IsReady(int socket, bool toSend)
    {
        Span<SocketCalls.Polled> looked =
            [new(socket, toSend ? SocketCalls.CanWrite : SocketCalls.CanRead, 0)];
        return SocketCalls.Look(looked, TimeSpan.Zero) != 0;
    }
}
