using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Steelyard.Live.Networks;

/// <summary>
/// Packets that the kernel hands over by the target NFQUEUE of iptables, and holds until it is told to go on
/// with them (libnetfilter_queue's protocol over netlink; linux/netfilter/nfnetlink_queue.h).
/// </summary>
internal sealed partial class PacketQueue : IDisposable
{
    const int Netlink = 16;
    const int Raw = 3;
    const int CloseOnExec = 0x80000;
    const int Netfilter = 12;
    const int SocketLevel = 1;
    const int ReceiveBufferForce = 33;
    const int DontWait = 0x40;

    const int BufferBytes = 8 << 20;
    const int MostPackets = 50_000;

    readonly byte[] _received = new byte[64 << 10];
    readonly SafeFileHandle _socket;
    readonly ushort _number;

    /// <summary>Takes over a queue of this thread's network namespace.</summary>
    /// <param name="number">Its number there.</param>
    /// <exception cref="LiveException">The kernel has no such queues, or somebody else has this
    /// one.</exception>
    public PacketQueue(ushort number)
    {
        _number = number;
        _socket = new(NewSocket(Netlink, Raw | CloseOnExec, Netfilter), ownsHandle: true);
        if (_socket.IsInvalid)
            throw Refused("a netlink socket");
        var size = BufferBytes;
        if (SetOption(_socket, SocketLevel, ReceiveBufferForce, ref size, sizeof(int)) != 0)
            throw Refused("room for packets");
        Tell(NetlinkWords.Bind(number));
        // The header of a packet is enough to know its length.
        Tell(NetlinkWords.CopyHeaders(number));
        Tell(NetlinkWords.HoldAtMost(number, MostPackets));
    }

    /// <summary>Waits until packets have come, or for so long.</summary>
    public void Wait(TimeSpan atMost)
    {
        var asked = new Polled { Socket = (int)_socket.DangerousGetHandle(), Events = 1 };
        var time = new TimeOfKernel
        {
            Seconds = (long)atMost.TotalSeconds,
            Nanoseconds = atMost.Ticks % TimeSpan.TicksPerSecond * 100,
        };
        _ = Poll(ref asked, 1, ref time, 0);
    }

    /// <summary>Takes what has come.</summary>
    /// <param name="take">Gets a packet's number and its length in bytes.</param>
    public void Take(Action<uint, int> take)
    {
        while (Receive(_socket, _received, _received.Length, DontWait) is > 0 and var count)
            foreach (var (packet, bytes) in NetlinkWords.Packets(_received.AsSpan(0, (int)count)))
                take(packet, bytes);
    }

    /// <summary>Lets a packet go on.</summary>
    public void Accept(uint packet)
    {
        var words = NetlinkWords.Accept(_number, packet);
        if (Send(_socket, words, words.Length, 0) != words.Length)
            throw Refused("to let a packet go on");
    }

    /// <summary>Gives the queue back; the kernel drops what it still holds.</summary>
    public void Dispose() => _socket.Dispose();

    // The kernel says 0, or what is wrong.
    void Tell(byte[] words)
    {
        const int ErrorAt = 16;
        if (Send(_socket, words, words.Length, 0) != words.Length
            || Receive(_socket, _received, _received.Length, 0) < ErrorAt + sizeof(int))
            throw Refused("the kernel to listen");
        var error = BinaryPrimitives.ReadInt32LittleEndian(_received.AsSpan(ErrorAt));
        if (error != 0)
            throw new LiveException(
                $"expected the kernel to hand packets over (NFQUEUE), found that it says {-error}");
    }

    static LiveException Refused(string what) => new(
        $"expected {what} so that the kernel hands packets over (NFQUEUE), found error"
        + $" {Marshal.GetLastPInvokeError()}");

    [StructLayout(LayoutKind.Sequential)]
    struct Polled
    {
        public int Socket;
        public short Events;
        public short Occurred;
    }

    [StructLayout(LayoutKind.Sequential)]
    struct TimeOfKernel
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial nint NewSocket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(SafeFileHandle socket, int level, int name, ref int value, int size);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(SafeFileHandle socket, byte[] words, nint size, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(SafeFileHandle socket, byte[] words, nint size, int flags);

    [LibraryImport("libc", EntryPoint = "ppoll", SetLastError = true)]
    private static partial int Poll(ref Polled asked, nuint count, ref TimeOfKernel time, nint signals);
}
