using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Steelyard.Live.Engines.Dns;

/// <summary>Changes a record of a zone by asking its primary (a dynamic update, RFC 2136), over
/// TCP.</summary>
internal static class DnsUpdate
{
    const int Update = 5 << 11;
    const ushort Soa = 6;
    const ushort Txt = 16;
    const ushort Internet = 1;
    const ushort Any = 255;

    /// <summary>Says that a name has this one text and no other.</summary>
    /// <returns>The primary's answer: 0 is done; 5 and 9 say that it refused.</returns>
    /// <exception cref="IOException">It hung up.</exception>
    public static async Task<int> Replace(
        IPEndPoint primary, string zone, string name, string text, CancellationToken cancellation)
    {
        using var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(primary, cancellation);
        return await Ask(tcp.GetStream(), Request(zone, name, text), cancellation);
    }

    /// <summary>Sends a message, and takes the code of the answer.</summary>
    public static async Task<int> Ask(Stream stream, byte[] request, CancellationToken cancellation)
    {
        await stream.WriteAsync(request, cancellation);
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, cancellation);
        var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(answer, cancellation);
        return answer[3] & 0xf;
    }

    /// <summary>The message: all texts of the name are taken away, and one is added (sections 2.5.2 and
    /// 2.5.1), with its length before it as TCP has it.</summary>
    public static byte[] Request(string zone, string name, string text)
    {
        var message = new List<byte>();
        Add(message, 1, Update, 1, 0, 2, 0);
        AddName(message, zone);
        Add(message, Soa, Internet);
        AddName(message, name);
        Add(message, Txt, Any, 0, 0, 0);
        AddName(message, name);
        Add(message, Txt, Internet, 0, DnsSetups.TtlSeconds, (ushort)(text.Length + 1));
        AddText(message, text);
        var framed = new byte[message.Count + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)message.Count);
        message.CopyTo(framed, 2);
        return framed;
    }

    static void AddName(List<byte> message, string name)
    {
        foreach (var label in name.Split('.'))
            AddText(message, label);
        message.Add(0);
    }

    static void AddText(List<byte> message, string text)
    {
        message.Add((byte)text.Length);
        message.AddRange(Encoding.ASCII.GetBytes(text));
    }

    static void Add(List<byte> message, params ReadOnlySpan<int> words)
    {
        foreach (var word in words)
            message.AddRange([(byte)(word >> 8), (byte)word]);
    }
}
