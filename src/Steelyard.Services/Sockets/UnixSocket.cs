using System.Net.Sockets;

namespace Steelyard.Services.Sockets;

/// <summary>Makes sockets of this machine.</summary>
internal static class UnixSocket
{
    /// <summary>One that is connected to nothing.</summary>
    public static Socket Make() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    /// <summary>One that is connected to a path.</summary>
    public static Socket To(string path)
    {
        var socket = Make();
        socket.Connect(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    /// <summary>Sends what there is room for now.</summary>
    /// <returns>How many bytes; -1 when nobody will read them.</returns>
    public static int SendNow(Socket socket, ReadOnlySpan<byte> bytes)
    {
        var sent = socket.Send(bytes, SocketFlags.None, out var failure);
        return failure switch
        {
            SocketError.Success => sent,
            SocketError.WouldBlock => 0,
            _ => -1,
        };
    }

    /// <summary>Takes what came.</summary>
    /// <returns>How many bytes; -1 when none came, 0 when none will come any more.</returns>
    public static int ReceiveNow(Socket socket, Span<byte> into)
    {
        var count = socket.Receive(into, SocketFlags.None, out var failure);
        return failure switch
        {
            SocketError.Success => count,
            SocketError.WouldBlock => -1,
            _ => 0,
        };
    }
}
