using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Steelyard.Services.Sockets;

/// <summary>Calls of the system for many sockets at once, which .NET does not have.</summary>
internal static partial class SocketCalls
{
    /// <summary>Something came, or the end.</summary>
    public const short CanRead = 1;

    /// <summary>There is room.</summary>
    public const short CanWrite = 4;

    /// <summary>Looks at sockets.</summary>
    /// <param name="sockets">What to look at; each says what was found.</param>
    /// <param name="patience">How long to wait where nothing is there yet.</param>
    /// <returns>Of how many there is something to say.</returns>
    public static int Look(Span<Polled> sockets, TimeSpan patience)
    {
        var time = new TimeSpec(patience.Ticks / TimeSpan.TicksPerSecond,
            patience.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
        int found;
        do
            found = Poll(sockets, (nuint)sockets.Length, time, 0);
        while (found < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        return found;
    }

    /// <summary>How to look at a socket.</summary>
    public static Polled Of(Socket socket, short events) => new((int)socket.Handle, events, 0);

    const int Interrupted = 4;

    [LibraryImport("libc", EntryPoint = "ppoll", SetLastError = true)]
    private static partial int Poll(Span<Polled> sockets, nuint count, in TimeSpec time, nint signals);

    /// <summary>What to look for at a socket, and what was found: <c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Polled(int socket, short asked, short found)
    {
        public int Socket = socket;
        public short Asked = asked;
        public short Found = found;
    }

    [StructLayout(LayoutKind.Sequential)]
    readonly struct TimeSpec(long seconds, long nanoseconds)
    {
        readonly long _seconds = seconds;
        readonly long _nanoseconds = nanoseconds;
    }
}
